import ArgumentParser
import AtollClient
import Glibc

struct BackupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup",
        abstract: "Copy the coordinator's store to a new file, while it goes on.",
        discussion: """
            The coordinator writes FILE on its own host, as its own user, with all that it has acknowledged. It does \
            not overwrite a file. Restore it with atoll-coordinator restore.
            """
    )

    @Argument(help: "The file to make; relative to the folder that you are in.")
    var file: String

    @OptionGroup var server: ServerOptions

    func run() async throws {
        let path = try absolute(file)
        let connection = try await server.connect()
        let summary = try await connection.backUp(to: path)
        await connection.close()
        try Output().write(lines: ["\(path) written: \(summary)"])
    }

    private func absolute(_ path: String) throws -> String {
        guard !path.isEmpty else { throw UsageError("name the file to write") }
        if path.hasPrefix("/") { return path }
        guard let folder = getcwd(nil, 0) else {
            throw CommandFailure(.error, "the folder that you are in has no path; name the file from / on")
        }
        defer { free(folder) }
        return String(cString: folder) + "/" + path
    }
}
