import Glibc

/// Files and symbolic links of a tree that does not exist yet, by path from its root. Folders are made as needed.
struct FileTree: Equatable {
    private enum Node: Equatable {
        case file(String)
        /// The target's path from the root; written as a relative link, as sysfs has them.
        case link(String)
    }

    private var nodes: [String: Node] = [:]

    /// A file of one line, as sysfs attributes are, or of several.
    mutating func file(_ path: String, _ text: some CustomStringConvertible) {
        nodes[path] = .file("\(text)\n")
    }

    /// Several attributes of one folder.
    mutating func files(_ folder: String, _ attributes: [(name: String, text: String)]) {
        for attribute in attributes { file("\(folder)/\(attribute.name)", attribute.text) }
    }

    mutating func link(_ path: String, to target: String) { nodes[path] = .link(target) }

    /// Writes the tree into a folder, which is made with its parents; one that has something in it is refused.
    ///
    /// Not atomic: a failure leaves what was written so far, and names it.
    func write(into folder: String) throws(TopologyError) {
        try Self.makeFolder(folder)
        switch SystemCalls.listFolder(folder, entriesMax: 1) {
        case .value(let names) where names.isEmpty: break
        case .value, .absent:
            throw TopologyError(.generator, "is not empty: give a new or an empty folder", file: folder)
        case .failed(let code): throw Self.error(code, folder)
        }
        // Sorted, so that the same tree is written by the same calls and files of one folder come together.
        var made = ""
        for (path, node) in nodes.sorted(by: { $0.key < $1.key }) {
            let place = "\(folder)/\(path)"
            let parent = String(place[..<(place.lastIndex(of: "/") ?? place.startIndex)])
            if parent != made { try Self.makeFolder(parent) }
            made = parent
            switch node {
            case .file(let text): try Self.writeFile(place, text)
            case .link(let target):
                let up = String(repeating: "../", count: path.split(separator: "/").count - 1)
                if symlink(up + target, place) != 0 { throw Self.error(errno, place) }
            }
        }
    }

    /// Makes a folder and the parents it lacks; one that is there is fine.
    private static func makeFolder(_ folder: String) throws(TopologyError) {
        if mkdir(folder, 0o755) == 0 || errno == EEXIST { return }
        let code = errno
        guard code == ENOENT, let slash = folder.lastIndex(of: "/"), slash != folder.startIndex else {
            throw error(code, folder)
        }
        try makeFolder(String(folder[..<slash]))
        if mkdir(folder, 0o755) != 0 && errno != EEXIST { throw error(errno, folder) }
    }

    private static func writeFile(_ path: String, _ text: String) throws(TopologyError) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o644)
        guard descriptor >= 0 else { throw error(errno, path) }
        defer { close(descriptor) }
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { throw error(errno, path) }
            bytes = bytes.dropFirst(count)
        }
    }

    private static func error(_ code: Int32, _ path: String) -> TopologyError {
        TopologyError(.generator, "cannot be written: \(SystemCalls.text(of: code))", file: path)
    }
}
