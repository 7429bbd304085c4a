public import ArgumentParser
public import AtollFleet
import AtollLoop
import AtollModel
import Logging

struct RunCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Boot the hosts and serve until SIGTERM.",
        discussion: "COMMANDS, a line each, from --script and from standard input\n" + FleetCommand.help
    )

    @OptionGroup(title: "The fleet") var fleet: FleetOptions

    @Option(help: "IP:PORT where a coordinator listens; may be repeated.")
    var coordinator = ["127.0.0.1:7420"]

    @Option(help: "IP address to connect from: one serves some 28,000 connections; may be repeated.")
    var source: [String] = []

    @Option(help: ArgumentHelp("A file of commands.", valueName: "file"))
    var script: String?

    @Flag(name: .shortAndLong, help: "Do not show how the fleet is.")
    var quiet = false

    func validate() throws {
        for address in coordinator { _ = try Self.address(address) }
        for source in source { _ = try Self.address(source.contains(":") ? "[\(source)]:0" : "\(source):0") }
    }

    func run() throws {
        let description = try fleet.description()
        let commands = try script.map { try ScriptFile.read($0) } ?? []
        try Descriptors.require(description.hostCount)
        EventLoop.ignoreBrokenPipes()
        LoggingSystem.bootstrap { StreamLogHandler.standardError(label: $0) }
        let loop = try EventLoop()
        let shell = FleetShell(
            on: loop,
            description,
            coordinators: try coordinator.map { try Self.address($0) },
            from: source,
            log: Logger(label: "atoll-fleet")
        )
        let console = FleetConsole(on: loop, shell, isQuiet: quiet)
        try console.start(commands)
        loop.run()
        withExtendedLifetime(console) {}
    }

    private static func address(_ text: String) throws -> SocketAddress {
        do { return try SocketAddress(text) } catch { throw ValidationError("\(error)") }
    }
}

/// Options win over the file.
struct FleetOptions: ParsableArguments {
    @Option(
        name: .customLong("description"),
        help: ArgumentHelp("A file that describes hosts, levels and pods.", valueName: "file")
    )
    var file: String?

    @Option(help: "How many; 16 unless given.")
    var hosts: Int?

    @Option(help: "The number of the first one: several processes make one large fleet.")
    var first = 0

    @Option(help: "Hosts in each island, by the label atoll.dev/island; replaces the levels of the file.")
    var island: Int?

    @Option(help: "Devices of each host, in place of those of the file.")
    var devices: Int?

    @Option(
        help: ArgumentHelp(
            "A host like this: a folder or an archive, as atoll-agent topology --save writes.",
            valueName: "path"
        )
    )
    var capture: String?

    @Option(help: "From the order to start a pod until it runs: 50ms, 1s..3s.")
    var startDelay: TimeRange?

    @Option(help: "Until a pod's processes end by themselves; never unless given.")
    var runTime: TimeRange?

    @Option(help: "From the order to stop a pod until it is gone.")
    var stopTime: TimeRange?

    @Option(help: ArgumentHelp("Of 100 pods that end by themselves, so many fail.", valueName: "percent"))
    var failures: Int?

    @Option(help: "Gives the same pods the same fates.")
    var seed: UInt64?

    func validate() throws {
        try Self.check(hosts, "--hosts", 1...FleetDescription.hostNumberMax)
        try Self.check(first, "--first", 0...FleetDescription.hostNumberMax - (hosts ?? 16))
        try Self.check(island, "--island", 1...FleetDescription.hostNumberMax)
        try Self.check(devices, "--devices", 0...64)
        try Self.check(failures, "--failures", 0...100)
        if devices != nil && capture != nil {
            throw ValidationError("--devices and --capture say the same twice: give one")
        }
    }

    private static func check(_ number: Int?, _ option: String, _ range: ClosedRange<Int>) throws {
        guard let number, !range.contains(number) else { return }
        throw ValidationError("\(option) \(number): give a number from \(range.lowerBound) to \(range.upperBound)")
    }

    func description() throws -> FleetDescription {
        var description = FleetDescription()
        if let file {
            let folder = file.split(separator: "/", omittingEmptySubsequences: false).dropLast().map { "\($0)/" }
            description = try .parse(try TextFile.read(file), file: file, folder: folder.joined())
        }
        description.hostCount = hosts ?? description.hostCount
        description.firstHost = first
        description.seed = seed ?? description.seed
        if let island { description.levels = [FleetLevel(key: "atoll.dev/island", hosts: island, prefix: "island-")] }
        if let devices { description.template = FleetDescription.template(devices: devices) }
        if let capture { description.template = try FleetDescription.template(capture: capture) }
        description.pods.startDelay = startDelay ?? description.pods.startDelay
        description.pods.runTime = runTime ?? description.pods.runTime
        description.pods.stopTime = stopTime ?? description.pods.stopTime
        description.pods.failurePercent = failures ?? description.pods.failurePercent
        return description
    }
}

extension TimeRange: ExpressibleByArgument {
    public init?(argument: String) { self.init(argument) }
}
