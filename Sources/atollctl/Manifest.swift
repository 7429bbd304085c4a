import Glibc

/// The text of one source of manifests.
struct Manifest {
    /// As the user wrote it, for messages.
    var source: String
    var text: String

    /// Everything that `-f` names: a file, `-` for standard input, or the manifests of a folder in order of name.
    static func read(_ place: String) throws(CommandFailure) -> [Manifest] {
        guard place != "-" else { return [try read(descriptor: STDIN_FILENO, source: place)] }
        var status = stat()
        guard stat(place, &status) == 0 else { throw unreadable(place, errno) }
        guard status.st_mode & S_IFMT == S_IFDIR else { return [try read(file: place)] }
        var manifests: [Manifest] = []
        for name in try names(in: place) {
            manifests.append(try read(file: place.hasSuffix("/") ? place + name : "\(place)/\(name)"))
        }
        guard !manifests.isEmpty else {
            throw CommandFailure(.error, "the folder \(place) has no file that ends in .yaml, .yml or .json")
        }
        return manifests
    }

    private static func names(in folder: String) throws(CommandFailure) -> [String] {
        guard let stream = opendir(folder) else { throw unreadable(folder, errno) }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) { String(cString: $0) }
            }
            let isManifest = [".yaml", ".yml", ".json"].contains { name.hasSuffix($0) }
            if isManifest && !name.hasPrefix(".") { names.append(name) }
        }
        return names.sorted()
    }

    private static func read(file: String) throws(CommandFailure) -> Manifest {
        let descriptor = open(file, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw unreadable(file, errno) }
        defer { close(descriptor) }
        return try read(descriptor: descriptor, source: file)
    }

    /// Longer texts than a message to the coordinator can be are not read to their end.
    private static let bytesMax = 16 << 20

    private static func read(descriptor: CInt, source: String) throws(CommandFailure) -> Manifest {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            let count = Glibc.read(descriptor, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw unreadable(source, errno) }
            if count == 0 { break }
            bytes += chunk[..<count]
            guard bytes.count <= bytesMax else { throw CommandFailure(.error, "\(source) is longer than 16 MiB") }
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw CommandFailure(.error, "\(source) is no text: it has bytes that are not UTF-8")
        }
        return Manifest(source: source, text: text)
    }

    private static func unreadable(_ place: String, _ number: CInt) -> CommandFailure {
        CommandFailure(.error, "cannot read \(place): \(String(cString: strerror(number)))")
    }
}
