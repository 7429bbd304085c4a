import ArgumentParser
import AtollClient
import AtollModel

struct FenceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fence",
        abstract: "Vouch that nothing runs on a lost host any more, and open its island.",
        discussion: """
            A host that stopped answering keeps its island closed, because its pods may still run. When you have made \
            sure that they do not (its power is off, it is cut off for good), fence it. If it comes back with pods of \
            before all the same, they are stopped before anything new is placed there.
            """
    )

    @Argument(help: "Name of the host; it must not be connected.")
    var host: String

    @Option(help: "Why you are sure, for the record.")
    var reason: String

    @OptionGroup var server: ServerOptions

    func validate() throws {
        if reason.isEmpty { throw UsageError("say why with --reason, for those who come after you") }
    }

    func run() async throws {
        let connection = try await server.connect()
        try await connection.order(HostOrder(.fence, reason: reason), about: HostID(host))
        await connection.close()
        try Output().write(lines: ["host/\(host) fenced"])
    }
}
