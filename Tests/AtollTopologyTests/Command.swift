import Glibc
import Testing

/// A program of the system, run to its end.
enum Command {
    static func run(_ words: [String]) throws {
        var process = pid_t()
        var arguments = words.map { strdup($0) } + [nil]
        defer { arguments.forEach { free($0) } }
        try #require(posix_spawnp(&process, words[0], nil, nil, &arguments, environ) == 0)
        var status: Int32 = 0
        try #require(waitpid(process, &status, 0) == process && status == 0)
    }
}
