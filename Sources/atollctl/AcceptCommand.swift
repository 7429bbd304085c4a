import ArgumentParser
import AtollModel

struct AcceptCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "accept",
        abstract: "Take what hosts have now for what they should have.",
        discussion: """
            A host is compared with what it had: fewer devices, slower links and labels of islands that have changed \
            are findings until all is as it was, or until they are accepted. A cordon stays until uncordon.
            """
    )

    @Argument(help: "Names of hosts.")
    var hosts: [String]

    @OptionGroup var server: ServerOptions

    func run() async throws { try await HostOrder(.accept).give(about: hosts, to: server, done: "accepted") }
}
