import Glibc

/// Text files of this repository, by their path from its root.
enum RepositoryFiles {
    private static let root: String = "/" + #filePath.split(separator: "/").dropLast(4).joined(separator: "/")

    /// Nil when there is no such file.
    static func read(_ path: String) -> String? {
        guard let file = fopen("\(root)/\(path)", "r") else { return nil }
        defer { fclose(file) }
        var text: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while case let count = fread(&chunk, 1, chunk.count, file), count > 0 { text += chunk[..<count] }
        return String(decoding: text, as: UTF8.self)
    }

    /// Returns whether all of it was written.
    static func write(_ text: String, to path: String) -> Bool {
        guard let file = fopen("\(root)/\(path)", "w") else { return false }
        let bytes = Array(text.utf8)
        let written = fwrite(bytes, 1, bytes.count, file)
        return fclose(file) == 0 && written == bytes.count
    }

    /// Names of the files in a folder that end so, sorted; empty when there is no such folder.
    static func names(in folder: String, ending suffix: String) -> [String] {
        guard let directory = opendir("\(root)/\(folder)") else { return [] }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name.hasSuffix(suffix) { names.append(name) }
        }
        return names.sorted()
    }
}
