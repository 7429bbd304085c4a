import AtollAgent
import AtollModel
import AtollTopology
import AtollYAML
import Glibc
import Logging

/// One function for each command; each returns when the command is done.
enum Commands {
    static func run(_ words: ArraySlice<String>) throws {
        let options = [
            "--config", "--root", "--coordinator", "--host", "--address", "--state", "--pod-lease", "--volume-claims",
            "--log-level",
        ]
        let arguments = try Arguments(words, options: options)
        try arguments.expectRest(count: 0)
        let root = try arguments.one("--root") ?? "/"
        let settings = try AgentSettings(
            try configuration(arguments, in: HostTree(root: root)),
            overrides: try overrides(arguments),
            root: root,
            systemState: getenv("STATE_DIRECTORY").map { String(cString: $0) }
        )
        try AgentDaemon.run(settings, log: try logger(arguments))
    }

    static func makeHost(_ words: ArraySlice<String>) throws {
        let options = ["--into", "--name", "--count", "--island", "--worker", "--seed"]
        let arguments = try Arguments(words, options: options)
        try arguments.expectRest(count: 1, named: "KIND")
        guard let kind = HostGenerator.Kind(rawValue: arguments.rest[0]) else {
            let known = HostGenerator.Kind.allCases.map(\.rawValue).joined(separator: ", ")
            throw Arguments.UsageError(message: "unknown kind of host `\(arguments.rest[0])`; known: \(known)")
        }
        guard let folder = try arguments.one("--into") else {
            throw Arguments.UsageError(message: "--into DIR is missing: the folder to write the host into")
        }
        let generator = HostGenerator(
            kind: kind,
            name: try arguments.one("--name") ?? kind.rawValue,
            seed: try arguments.number("--seed") ?? 1,
            islands: try islands(arguments),
            workerID: Int(clamping: try arguments.number("--worker") ?? 0)
        )
        guard let count = try arguments.number("--count") else { return try generator.write(into: folder) }
        try generator.write(count: Int(clamping: count), into: folder)
    }

    static func supervise(_ words: ArraySlice<String>) throws -> CInt {
        let arguments = try Arguments(words, options: [])
        try arguments.expectRest(count: 1, named: "the pod's folder")
        return PodSupervisor.run(folder: arguments.rest[0])
    }

    /// Started by the agent, which must not wait for it.
    static func removeClaim(_ words: ArraySlice<String>) throws {
        let arguments = try Arguments(words, options: [])
        try arguments.expectRest(count: 4, named: "the folder of all claims, or the claim's namespace, name or uid")
        let name = ObjectName(namespace: arguments.rest[1], name: arguments.rest[2])
        let claim = VolumeClaimID(name: name, uid: ObjectUID(arguments.rest[3]))
        try ClaimRemoval.run(claim, below: arguments.rest[0])
    }

    /// That of the option, else that of the host.
    static func configuration(_ arguments: Arguments, in tree: HostTree) throws -> AgentConfiguration {
        guard let file = try arguments.one("--config") else { return try AgentConfiguration.read(tree) }
        return try AgentConfiguration.parse(try AgentSettings.text(ofConfiguration: file), file: file)
    }

    private static func overrides(_ arguments: Arguments) throws -> AgentSettings.Overrides {
        var overrides = AgentSettings.Overrides()
        for text in arguments.all("--coordinator") {
            guard let address = CoordinatorAddress(text) else {
                throw Arguments.UsageError(message: "--coordinator takes HOST:PORT, or [ADDRESS]:PORT, not `\(text)`")
            }
            overrides.coordinators.append(address)
        }
        overrides.host = try arguments.one("--host").map { HostID($0) }
        overrides.address = try arguments.one("--address")
        overrides.stateDirectory = try arguments.one("--state")
        overrides.volumeClaims = try arguments.one("--volume-claims")
        if let text = try arguments.one("--pod-lease") {
            guard let lease = HostFacts.podLease(text) else {
                throw Arguments.UsageError(message: "--pod-lease takes a \(HostFacts.podLeaseForm), not `\(text)`")
            }
            overrides.podLease = lease
        }
        return overrides
    }

    private static func islands(_ arguments: Arguments) throws -> Labels {
        var islands: Labels = [:]
        for text in arguments.all("--island") {
            let parts = text.split(separator: "=", maxSplits: 1).map { String($0) }
            guard parts.count == 2 else {
                throw Arguments.UsageError(message: "--island takes KEY=VALUE, not `\(text)`")
            }
            islands[parts[0]] = parts[1]
        }
        return islands
    }

    private static func logger(_ arguments: Arguments) throws -> Logger {
        let name = try arguments.one("--log-level") ?? "info"
        guard let level = Logger.Level(rawValue: name) else {
            let known = Logger.Level.allCases.map(\.rawValue).joined(separator: ", ")
            throw Arguments.UsageError(message: "unknown log level `\(name)`; known: \(known)")
        }
        LoggingSystem.bootstrap { StreamLogHandler.standardError(label: $0) }
        var logger = Logger(label: "atoll-agent")
        logger.logLevel = level
        return logger
    }
}
