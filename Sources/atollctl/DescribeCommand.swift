import ArgumentParser
import AtollClient
import AtollModel
import AtollYAML

struct DescribeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "describe",
        abstract: "Show all about an object: where it runs or why not, what belongs to it, what happened."
    )

    @Argument(help: ArgumentHelp("jobset|job|pod|host|island NAME..., or KIND/NAME...", valueName: "kind and names"))
    var words: [String]

    @OptionGroup var namespace: NamespaceOptions
    @OptionGroup var color: ColorOptions
    @OptionGroup var server: ServerOptions

    func run() async throws {
        let selection = try ObjectSelection(words: words)
        guard !selection.names.isEmpty else {
            throw UsageError("name the \(selection.kind.singular.lowercased()) to describe")
        }
        let reader = DescribeReader(connection: try await server.connect(), namespace: namespace.namespace)
        let output = Output(color: color.choice)
        let pages = try await reader.pages(selection)
        for (index, page) in pages.enumerated() {
            let lines = page.lines(isColored: output.isColored)
            try output.write(lines: index == 0 ? lines : [""] + lines)
        }
        await reader.connection.close()
    }
}

/// Asks for an object and for what belongs to it.
private struct DescribeReader {
    let connection: AdminConnection
    let namespace: String

    func pages(_ selection: ObjectSelection) async throws -> [Page] {
        let objects = try await list(selection.kind, names: selection.names)
        let found = Set(objects.map(\.objectName))
        let missing = selection.names.filter { !found.contains($0) }
        guard missing.isEmpty else { throw CommandFailure.notFound(selection.kind, missing, namespace: namespace) }
        var pages: [Page] = []
        for object in objects { pages.append(try await page(selection.kind, object)) }
        return pages
    }

    private func page(_ kind: ObjectKind, _ object: YAMLNode) async throws -> Page {
        switch kind {
        case .jobsets:
            let own: Labels = [JobLabels.jobSetName: object.objectName]
            return .jobSet(
                object,
                jobs: try await list(.jobs, labels: own),
                pods: try await list(.pods, labels: own),
                events: try await events(ofJobSet: object.objectName),
                now: .now
            )
        case .jobs:
            let pods = try await list(.pods, labels: JobLabels.podSelector(ofJob: object))
            return .job(object, pods: pods, events: try await events(ofJobSet: JobLabels.jobSet(of: object)), now: .now)
        case .pods: return .pod(object, events: try await events(ofJobSet: JobLabels.jobSet(of: object)), now: .now)
        case .hosts:
            let devices = try await list(.devices).filter { $0.hostOfDevice == object.objectName }
            let pods = try await pods(on: [object.objectName])
            return .host(object, devices: devices, islands: try await list(.islands), pods: pods, now: .now)
        case .islands:
            let hosts = try await list(.hosts, names: object.hostsOfIsland)
            return .island(object, hosts: hosts, pods: try await pods(on: Set(object.hostsOfIsland)), now: .now)
        case .devices, .events, .persistentvolumeclaims:
            throw UsageError("\(kind.rawValue) have no description; atollctl get \(kind.rawValue) -o wide")
        }
    }

    private func list(_ kind: ObjectKind, names: [String] = [], labels: Labels = [:]) async throws -> [YAMLNode] {
        try await connection.list(.init(kind: kind, namespace: namespace, names: names, labels: labels))
    }

    private func events(ofJobSet name: String?) async throws -> [YAMLNode] {
        guard let name else { return [] }
        return try await list(.events, names: [name])
    }

    private func pods(on hosts: Set<String>) async throws -> [YAMLNode] {
        try await connection.list(.init(kind: .pods, namespace: nil)).filter { pod in
            pod.hostOfPod.map { hosts.contains($0) } ?? false
        }
    }
}
