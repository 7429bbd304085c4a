import ArgumentParser
import AtollClient
import AtollModel
import AtollYAML

struct LogsCommand: AsyncParsableCommand {
    enum Prefix: String, CaseIterable, ExpressibleByArgument { case auto, always = "true", never = "false" }

    static let configuration = CommandConfiguration(
        commandName: "logs",
        abstract: "Show what pods have written.",
        discussion: """
            EXAMPLES
              atollctl logs multislice
              atollctl logs -f --tail 20 job/multislice-workers-0
            """
    )

    @Flag(name: .shortAndLong, help: "Go on until all pods have ended.")
    var follow = false

    @Option(help: ArgumentHelp("Only the last lines of each pod.", valueName: "lines"))
    var tail: UInt32?

    @Option(help: "Each line with its pod's name: true, false, or auto (for several pods).")
    var prefix: Prefix = .auto

    @Argument(help: "NAME of a JobSet, job or pod, or KIND/NAME.")
    var target: String

    @OptionGroup var namespace: NamespaceOptions
    @OptionGroup var color: ColorOptions
    @OptionGroup var server: ServerOptions

    func run() async throws {
        let connection = try await server.connect()
        let (kind, object) = try await find(connection)
        let output = Output(color: color.choice)
        var printer = try await printer(kind, object, connection, isColored: output.isColored)
        let name = ObjectName(namespace: namespace.namespace, name: object.objectName)
        let logs = AdminRequest.Logs(kind: kind, name: name, follow: follow, lastLines: tail)
        for try await piece in await connection.logs(logs) { try output.write(bytes: printer.print(piece)) }
        try output.write(bytes: printer.finish())
        await connection.close()
    }

    private func find(_ connection: AdminConnection) async throws -> (ObjectKind, YAMLNode) {
        let loggable: [ObjectKind] = [.jobsets, .jobs, .pods]
        let isQualified = target.contains("/")
        let selection =
            isQualified ? try ObjectSelection(words: [target]) : ObjectSelection(kind: .jobsets, names: [target])
        guard loggable.contains(selection.kind) else {
            throw UsageError("\(selection.kind.rawValue) write no logs; name a jobset, job or pod")
        }
        for kind in isQualified ? [selection.kind] : loggable {
            let list = AdminRequest.List(kind: kind, namespace: namespace.namespace, names: selection.names)
            if let object = try await connection.list(list).first { return (kind, object) }
        }
        guard !isQualified else {
            throw CommandFailure.notFound(selection.kind, selection.names, namespace: namespace.namespace)
        }
        throw CommandFailure(
            .notFound,
            "there is no jobset, job or pod \"\(target)\" in namespace \(namespace.namespace); "
                + "to see all: atollctl get pods -A"
        )
    }

    private func printer(
        _ kind: ObjectKind,
        _ object: YAMLNode,
        _ connection: AdminConnection,
        isColored: Bool
    ) async throws -> LogPrinter {
        var pods = [object.objectName]
        if kind != .pods {
            let isJob = kind == .jobs
            let labels = isJob ? JobLabels.podSelector(ofJob: object) : [JobLabels.jobSetName: object.objectName]
            let list = AdminRequest.List(kind: .pods, namespace: namespace.namespace, labels: labels)
            pods = try await connection.list(list).map(\.objectName)
        }
        // A JobSet that has not started yet has no pods, but knows how many there will be.
        let isSingle = max(pods.count, object.podTotal) <= 1
        let jobSet = JobLabels.jobSet(of: object) ?? object.objectName
        return LogPrinter(jobSet: jobSet, pods: pods, form: form(isSingle: isSingle, isColored: isColored))
    }

    private func form(isSingle: Bool, isColored: Bool) -> LogPrinter.Form {
        switch prefix {
        case .auto where isSingle, .never where isSingle: .bytes
        case .never: .lines
        case .auto, .always: .prefixedLines(isColored: isColored)
        }
    }
}
