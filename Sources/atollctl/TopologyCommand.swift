import ArgumentParser
import AtollClient
import AtollModel
import AtollYAML

struct TopologyCommand: AsyncParsableCommand {
    enum Format: String, CaseIterable, ExpressibleByArgument { case json, yaml }

    static let configuration = CommandConfiguration(
        commandName: "topology",
        abstract: "Show the tree of islands, hosts and devices, and who has claimed them."
    )

    @Flag(help: "Show each device.")
    var devices = false

    @Option(name: .shortAndLong, help: "Format: json or yaml.")
    var output: Format?

    @OptionGroup var color: ColorOptions
    @OptionGroup var server: ServerOptions

    func run() async throws {
        let connection = try await server.connect()
        let needsDevices = devices || output != nil
        let topology = Topology(
            islands: try await connection.list(.init(kind: .islands)),
            hosts: try await connection.list(.init(kind: .hosts)),
            devices: needsDevices ? try await connection.list(.init(kind: .devices)) : []
        )
        await connection.close()
        let output = Output(color: color.choice)
        switch self.output {
        case nil: try output.write(lines: topology.lines(showsDevices: devices, isColored: output.isColored))
        case .json: try output.write(text: topology.node.jsonText(pretty: true))
        case .yaml: try output.write(text: topology.node.yamlText)
        }
    }
}
