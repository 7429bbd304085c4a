import ArgumentParser
import AtollClient
import AtollYAML

struct StatusCommand: AsyncParsableCommand {
    enum Format: String, CaseIterable, ExpressibleByArgument { case json, yaml }

    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Show how the coordinator is: its epoch, hosts, JobSets, and what its store's commits take."
    )

    @Option(name: .shortAndLong, help: "Format: json or yaml.")
    var output: Format?

    @OptionGroup var server: ServerOptions

    func run() async throws {
        let connection = try await server.connect()
        let status = try await connection.status()
        await connection.close()
        switch output {
        case nil: try Output().write(lines: Page.status(status).lines())
        case .json: try Output().write(text: status.node.jsonText(pretty: true))
        case .yaml: try Output().write(text: status.node.yamlText)
        }
    }
}
