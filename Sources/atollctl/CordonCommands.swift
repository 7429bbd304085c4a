import ArgumentParser
import AtollClient
import AtollModel
import AtollYAML

struct CordonCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cordon",
        abstract: "Place nothing new on hosts; what runs there goes on."
    )

    @Argument(help: "Names of hosts.")
    var hosts: [String]

    @Option(help: "For those who come after you.")
    var reason = ""

    @OptionGroup var server: ServerOptions

    func run() async throws {
        try await HostOrder(.cordon, reason: reason).give(about: hosts, to: server, done: "cordoned")
    }
}

struct UncordonCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "uncordon",
        abstract: "Use hosts again that were cordoned or drained."
    )

    @Argument(help: "Names of hosts.")
    var hosts: [String]

    @OptionGroup var server: ServerOptions

    func run() async throws { try await HostOrder(.uncordon).give(about: hosts, to: server, done: "uncordoned") }
}

struct DrainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "drain",
        abstract: "Cordon hosts, and move what runs there elsewhere.",
        discussion: """
            A JobSet with a job under way on one of the hosts is suspended as a whole, gives its islands back and waits \
            for others. That is no failure and counts as no restart; jobs that are done stay done.
            """
    )

    @Argument(help: "Names of hosts.")
    var hosts: [String]

    @Option(help: "For those who come after you.")
    var reason = ""

    @Flag(inversion: .prefixedNo, help: "Return when no pod is left there, not when the order is accepted.")
    var wait = true

    @Option(help: ArgumentHelp("How long to wait at most: 90s, 5m, 2h. Without it, for ever.", valueName: "time"))
    var timeout: TimeLimit?

    @OptionGroup var server: ServerOptions

    func run() async throws {
        try await HostOrder(.drain, reason: reason).give(about: hosts, to: server, done: "cordoned")
        guard wait else { return }
        let deadline = Deadline(after: timeout)
        let connection = try await server.connect()
        for host in hosts {
            try await untilEmpty(host, connection, deadline)
            try Output().write(lines: ["host/\(host) drained"])
        }
        await connection.close()
    }

    private func untilEmpty(_ host: String, _ connection: AdminConnection, _ deadline: Deadline) async throws {
        let list = AdminRequest.List(kind: .hosts, names: [host])
        let observations = await connection.watch(list, timeout: deadline.remaining)
        do {
            for try await observation in observations
            where observation.objects.contains(where: { $0.hostPodCount == 0 }) {
                return await observations.cancel()
            }
        } catch {
            guard error.code == .timedOut else { throw error }
            let count = try await connection.list(list).first?.hostPodCount ?? 0
            guard count > 0 else { return }
            throw CommandFailure(.notReady, "host \(host) has \(count) pods still; atollctl get pods -o wide")
        }
    }
}

extension Observation {
    fileprivate var objects: [YAMLNode] {
        switch self {
        case .listed(let objects, _): objects
        case .changed(_, let object): [object]
        }
    }
}

extension HostOrder {
    /// Gives the order about each host in turn; the first that is refused ends it.
    func give(about hosts: [String], to server: ServerOptions, done: String) async throws {
        let connection = try await server.connect()
        for host in hosts {
            try await connection.order(self, about: HostID(host))
            try Output().write(lines: ["host/\(host) \(done)"])
        }
        await connection.close()
    }
}
