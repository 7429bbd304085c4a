import AtollYAML
import Glibc
import Testing

@testable import AtollTopology

/// The folder of captures beside the repository, which need not be there.
enum Captures {
    static let folder = "../shared/topology"

    /// The captures that a file of truths knows; none, said once, where there is no such file.
    static func truth(in file: String) -> [YAMLPair] {
        guard let bytes = SystemCalls.readFile("\(folder)/\(file)", bytesMax: 1 << 24, followsLinks: true).value,
            // A file that is no JSON is as good as none: it is not ours.
            let node = (try? YAMLNode.parse(bytes: bytes))?.first
        else {
            print("captures skipped: there is no \(folder)/\(file)")
            return []
        }
        return node["captures"]?.pairs ?? []
    }

    /// An archive of the folder, unpacked.
    static func unpack(_ archive: String) throws -> TemporaryFolder {
        let unpacked = try TemporaryFolder()
        try #require(run("tar", "xf", "\(folder)/\(archive)", "-C", unpacked.path) == 0)
        return unpacked
    }

    /// Runs a command to its end.
    ///
    /// - Returns: its exit status, or nil when it could not be started or was killed.
    static func run(_ words: String..., output: String? = nil, environment: [String] = []) -> Int32? {
        var process = pid_t()
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        if let output {
            posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, output, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
            posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0)
        }
        var arguments = (["env"] + environment + words).map { strdup($0) } + [nil]
        defer { arguments.forEach { free($0) } }
        guard posix_spawnp(&process, "env", &actions, nil, &arguments, environ) == 0 else { return nil }
        var status: Int32 = 0
        guard waitpid(process, &status, 0) == process, status & 0x7f == 0 else { return nil }
        return status >> 8
    }

    /// Files and links below a folder, by their paths from it, sorted.
    static func files(below folder: String) -> [String] {
        var files: [String] = []
        var folders = [""]
        while let path = folders.popLast() {
            for name in SystemCalls.listFolder(folder + path, entriesMax: .max).value ?? [] {
                let place = "\(path)/\(name)"
                var status = stat()
                guard lstat(folder + place, &status) == 0 else { continue }
                if status.st_mode & S_IFMT == S_IFDIR { folders.append(place) } else { files.append(place) }
            }
        }
        return files.sorted()
    }

    /// Where a document lacks what is expected. Keys are looked up as they are, then in camel case; a null is met by
    /// nothing; lists are compared entry by entry, and mappings may have more than is expected.
    static func differences(_ expected: YAMLNode, _ found: YAMLNode?, at place: String) -> [String] {
        if expected.isNull && found?.isNull ?? true { return [] }
        guard let found else { return ["\(place) is missing"] }
        if let pairs = expected.pairs {
            // Why it is so, in the words of who wrote the truth.
            return pairs.filter { $0.key != "why" }.flatMap { pair in
                let value = found[pair.key] ?? found[pair.key.camelCase]
                return differences(pair.value, value, at: "\(place).\(pair.key)")
            }
        }
        if let items = expected.items {
            guard let others = found.items, others.count == items.count else {
                return ["\(place) has \(found.items?.count ?? 0) entries, not \(items.count)"]
            }
            return items.indices.flatMap { differences(items[$0], others[$0], at: "\(place)[\($0)]") }
        }
        if expected.unmarked == found.unmarked { return [] }
        return ["\(place) is \(found.scalarText ?? "no scalar"), not \(expected.scalarText ?? "")"]
    }
}
