import ArgumentParser
import AtollClient
import AtollModel
import AtollYAML

struct GetCommand: AsyncParsableCommand {
    enum Format: String, CaseIterable, ExpressibleByArgument { case wide, json, yaml, name }

    static let configuration = CommandConfiguration(
        commandName: "get",
        abstract: "List objects.",
        discussion: """
            KINDS
              jobsets (js), jobs, pods (po), hosts (ho), islands (is), devices (dev), events (ev),
              persistentvolumeclaims (pvc)

            EXAMPLES
              atollctl get jobsets
              atollctl get hosts tpu-[1-4] -o wide
              atollctl get pods -l jobset.sigs.k8s.io/jobset-name=multislice -w
            """
    )

    @Argument(help: ArgumentHelp("KIND [NAME...] or KIND/NAME...", valueName: "kind and names"))
    var words: [String]

    @Option(name: .shortAndLong, help: "Format: wide, json, yaml or name.")
    var output: Format?

    @Flag(name: .shortAndLong, help: "Go on with every change.")
    var watch = false

    @Flag(name: [.customShort("A"), .long], help: "Objects of all namespaces.")
    var allNamespaces = false

    @Option(name: [.customShort("l"), .customLong("selector")], help: "Only with these labels: KEY=VALUE,...")
    var labels = ""

    @Flag(help: "No titles, no summary.")
    var noHeaders = false

    @OptionGroup var namespace: NamespaceOptions
    @OptionGroup var color: ColorOptions
    @OptionGroup var server: ServerOptions

    func run() async throws {
        let selection = try ObjectSelection(words: words)
        let request = AdminRequest.List(
            kind: selection.kind,
            namespace: allNamespaces ? nil : namespace.namespace,
            names: selection.names,
            labels: try LabelSelector.parse(labels),
            whole: output == .json || output == .yaml
        )
        let connection = try await server.connect()
        var printer = GetPrinter(self, kind: selection.kind, islands: try await islands(for: request, connection))
        if watch {
            try await follow(await connection.watch(request), &printer)
        } else {
            let objects = try await connection.list(request)
            try printer.show(objects, isList: selection.names.count != 1)
            try check(objects, request)
        }
        await connection.close()
    }

    /// Hosts do not say which islands they are in.
    private func islands(for list: AdminRequest.List, _ connection: AdminConnection) async throws -> [YAMLNode] {
        let isTable = output == nil || output == .wide
        return list.kind == .hosts && isTable ? try await connection.list(.init(kind: .islands)) : []
    }

    private func follow(_ observations: Replies<Observation>, _ printer: inout GetPrinter) async throws {
        var objects: [YAMLNode] = []
        for try await observation in observations {
            switch observation {
            case .listed(let part, let isLast):
                objects += part
                if isLast { try printer.begin(objects) }
            case .changed(_, let object): try printer.add(object)
            }
        }
    }

    private func check(_ objects: [YAMLNode], _ list: AdminRequest.List) throws {
        let found = Set(objects.map(\.objectName))
        let missing = list.names.filter { !found.contains($0) }
        if !missing.isEmpty { throw CommandFailure.notFound(list.kind, missing, namespace: list.namespace) }
        guard objects.isEmpty, output == nil || output == .wide else { return }
        let place = list.kind.isNamespaced ? list.namespace.map { " in namespace \($0)" } ?? "" : ""
        Output.complain("There are no \(list.kind.rawValue)\(place).")
    }
}

/// Prints objects in the format that was asked for.
struct GetPrinter {
    private let format: GetCommand.Format?
    private let showsTitles: Bool
    private let output: Output
    private var list: ObjectList
    private var hasTitles = false

    init(_ command: GetCommand, kind: ObjectKind, islands: [YAMLNode]) {
        format = command.output
        showsTitles = !command.noHeaders
        output = Output(color: command.color.choice)
        list = ObjectList(
            kind,
            context: ListContext(now: .now, islands: islands),
            isWide: command.output == .wide,
            showsNamespace: command.allNamespaces
        )
    }

    /// All there is. `isList` is false when one object was asked for by name.
    mutating func show(_ objects: [YAMLNode], isList: Bool) throws(OutputError) {
        switch format {
        case nil, .wide:
            try begin(objects)
            if showsTitles, let summary = list.summary { try output.write(lines: [summary]) }
        case .name: try output.write(lines: objects.map { ResourceName.text(of: $0) })
        case .json where isList || !objects.isEmpty:
            try output.write(text: ObjectDocument.node(objects, isList: isList).jsonText(pretty: true))
        case .yaml where isList || !objects.isEmpty:
            try output.write(text: ObjectDocument.node(objects, isList: isList).yamlText)
        case .json, .yaml: break
        }
    }

    /// What was there when a watch began.
    mutating func begin(_ objects: [YAMLNode]) throws(OutputError) {
        guard format == nil || format == .wide else {
            for object in objects { try add(object) }
            return
        }
        guard !objects.isEmpty else { return }
        for object in objects { list.append(object) }
        try output.write(lines: list.lines(showsTitles: showsTitles, isColored: output.isColored))
        hasTitles = true
    }

    /// One change.
    mutating func add(_ object: YAMLNode) throws(OutputError) {
        switch format {
        case nil, .wide:
            list.context.now = .now
            let line = list.line(following: object, isColored: output.isColored)
            if !hasTitles { try output.write(lines: list.lines(showsTitles: showsTitles)) }
            hasTitles = true
            try output.write(lines: [line])
        case .name: try output.write(lines: [ResourceName.text(of: object)])
        case .json: try output.write(text: object.jsonText(pretty: true))
        case .yaml: try output.write(text: "---\n" + object.yamlText)
        }
    }
}
