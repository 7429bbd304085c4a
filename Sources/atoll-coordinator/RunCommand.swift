import ArgumentParser
import AtollCoordinator
import AtollCore
import AtollLoop
import AtollModel
import AtollStoreSQLite
import Logging

struct RunCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Serve agents and atollctl until SIGTERM; what is done without a command, too."
    )

    @OptionGroup var data: DataOptions

    @Option(help: "IP:PORT where agents connect; may be repeated. The wire is not authenticated yet.")
    var listen: [String] = ["127.0.0.1:7420"]

    @Option(help: "Unix socket where atollctl connects.")
    var socket = "/run/atoll/coordinator.sock"

    @Option(help: "IP:PORT that serves /healthz, /readyz and /metrics over HTTP; without it nothing does.")
    var http: String?

    @Option(help: "Seconds after which a silent host's connection is given up; at least 1.")
    var lease = 10

    @Option(help: "Label key that names a level of the topology, widest first; may be repeated.")
    var topologyKey: [String] = CoordinatorPolicy.wellKnownTopologyKeys

    @Option(
        help: ArgumentHelp(
            "Cordon hosts with such findings: error, warning (and worse), and codes such as LinkNarrowed, with commas.",
            valueName: "findings"
        )
    )
    var cordonOn: String?

    @Option(help: "trace, debug, info, notice, warning, error or critical.")
    var logLevel = "info"

    func validate() throws {
        guard (1...3600).contains(lease) else {
            throw ValidationError("--lease \(lease): give seconds from 1 to 3600.")
        }
        guard Logger.Level(rawValue: logLevel) != nil else {
            throw ValidationError(
                "--log-level \(logLevel): give trace, debug, info, notice, warning, error or critical."
            )
        }
        if let cordonOn, CordonTrigger(cordonOn) == nil {
            throw ValidationError("--cordon-on \(cordonOn): give \(CordonTrigger.form).")
        }
        for (option, addresses) in [("--listen", listen), ("--http", http.map { [$0] } ?? [])] {
            for address in addresses {
                do { _ = try SocketAddress(address) } catch { throw ValidationError("\(option): \(error)") }
            }
        }
    }

    func run() throws {
        LoggingSystem.bootstrap { StreamLogHandler.standardError(label: $0) }
        var log = Logger(label: "atoll-coordinator")
        log.logLevel = Logger.Level(rawValue: logLevel) ?? .info
        do {
            let store = try SQLiteStore(path: data.storePath)
            try CoordinatorDaemon.run(try settings, store: store, log: log)
        } catch {
            log.critical("the coordinator cannot start", metadata: ["error": "\(error)"])
            throw ExitCode.failure
        }
    }

    private var settings: CoordinatorSettings {
        get throws {
            let policy = CoordinatorPolicy(
                lease: .seconds(lease),
                heartbeatInterval: .milliseconds(lease * 300),
                topologyKeys: topologyKey,
                cordonOn: cordonOn.flatMap { CordonTrigger($0) } ?? .never
            )
            return CoordinatorSettings(
                listen: try listen.map { try SocketAddress($0) },
                socketPath: socket,
                http: try http.map { try SocketAddress($0) },
                policy: policy
            )
        }
    }
}
