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
        try FolderWriter.makeEmptyFolder(folder)
        // Sorted, so that the same tree is written by the same calls and files of one folder come together.
        var made = ""
        for (path, node) in nodes.sorted(by: { $0.key < $1.key }) {
            let place = "\(folder)/\(path)"
            let parent = String(place[..<(place.lastIndex(of: "/") ?? place.startIndex)])
            if parent != made { try FolderWriter.makeFolder(parent) }
            made = parent
            switch node {
            case .file(let text): try FolderWriter.makeFile(place, text.utf8)
            case .link(let target):
                let up = String(repeating: "../", count: path.split(separator: "/").count - 1)
                try FolderWriter.makeLink(place, to: up + target)
            }
        }
    }
}
