import ArgumentParser
import AtollFleet
import Glibc

/// A text that a person has named.
enum TextFile {
    static func read(_ path: String) throws -> String {
        guard let file = fopen(path, "r") else {
            throw ValidationError("\(path): \(String(cString: strerror(errno)))")
        }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        while case let count = fread(&buffer, 1, buffer.count, file), count > 0 { bytes += buffer[..<count] }
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// A file of commands, a line each.
enum ScriptFile {
    static func read(_ path: String) throws -> [TimedCommand] {
        var commands: [TimedCommand] = []
        let lines = try TextFile.read(path).split(separator: "\n", omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated() {
            do throws(FleetError) {
                if let command = try TimedCommand.parse(String(line)) { commands.append(command) }
            } catch {
                throw ValidationError("\(path):\(index + 1): \(error)")
            }
        }
        return commands
    }
}

/// What a process may open.
enum Descriptors {
    /// For the program itself, and what its libraries open.
    private static let spare = 64

    /// Raises the limit as far as this user may. setrlimit(2).
    static func require(_ connections: Int) throws {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
        limit.rlim_cur = limit.rlim_max
        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        guard connections + spare > limit.rlim_cur else { return }
        throw ValidationError(
            """
            \(connections) hosts need \(connections + spare) descriptors, and this process may open \
            \(limit.rlim_cur): run several, each with its own --first
            """
        )
    }
}
