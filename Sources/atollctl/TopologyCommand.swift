import ArgumentParser
import AtollClient
import AtollModel
import AtollYAML

struct TopologyCommand: AsyncParsableCommand {
    enum Format: String, CaseIterable, ExpressibleByArgument { case json, yaml, dot, svg }

    static let configuration = CommandConfiguration(
        commandName: "topology",
        abstract: "Show the tree of islands, hosts and devices, and who has claimed them; or one host from within."
    )

    @Flag(help: "Show each device.")
    var devices = false

    @Option(help: ArgumentHelp("Show this host as its agent sees it now.", valueName: "name"))
    var host: String?

    @Flag(help: "Of a host: how near its devices and network ports are to each other.")
    var matrix = false

    @Option(name: .shortAndLong, help: "Format: json, yaml, dot (Graphviz) or svg (a picture).")
    var output: Format?

    @OptionGroup var color: ColorOptions
    @OptionGroup var server: ServerOptions

    func validate() throws {
        if matrix, host == nil { throw UsageError("--matrix shows one host; name it with --host") }
        if matrix, output != nil { throw UsageError("--matrix is a form of its own; leave -o away") }
        if devices, host != nil { throw UsageError("--devices is for the cluster; --host always shows them") }
    }

    func run() async throws {
        let connection = try await server.connect()
        let output = Output(color: color.choice)
        if let host {
            let view = HostView(host: host, connection: connection, output: output)
            try await view.show(as: matrix ? .matrix : self.output?.ofHost ?? .tree)
        } else {
            try await showCluster(connection, output)
        }
        await connection.close()
    }

    private func showCluster(_ connection: AdminConnection, _ output: Output) async throws {
        let topology = Topology(
            islands: try await connection.list(.init(kind: .islands)),
            hosts: try await connection.list(.init(kind: .hosts)),
            devices: needsDevices ? try await connection.list(.init(kind: .devices)) : []
        )
        switch self.output {
        case nil: try output.write(lines: topology.lines(showsDevices: devices, isColored: output.isColored))
        case .json: try output.write(text: topology.node.jsonText(pretty: true))
        case .yaml: try output.write(text: topology.node.yamlText)
        case .dot: try output.write(text: topology.dot)
        case .svg: try output.write(text: topology.svg)
        }
    }

    private var needsDevices: Bool { devices || output == .json || output == .yaml }
}

extension TopologyCommand.Format {
    fileprivate var ofHost: TopologyRead.Format {
        switch self {
        case .json: .json
        case .yaml: .yaml
        case .dot: .dot
        case .svg: .svg
        }
    }
}
