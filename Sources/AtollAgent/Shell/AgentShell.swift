import AtollCore
public import AtollLoop
import AtollModel
import Glibc
public import Logging

/// The agent as a daemon: turns sockets, files, processes and clocks into inputs of `AgentCore`, and its effects into
/// deeds. It decides nothing.
public actor AgentShell {
    public nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }
    nonisolated let loop: EventLoop
    let settings: AgentSettings
    let state: StateFolder
    var reader: HostReader
    let log: Logger
    let notifier = ServiceNotifier()

    private var core: AgentCore
    private let adoptions: [PodAdoption]
    /// Everything that the kernel calls back through; made by `start`.
    var timers = Timers()
    var signals: SignalSource?
    var folders: FolderWatch?
    var deviceEvents: DeviceEvents?
    var readings: ReadingSchedule
    /// Pods whose folder is watched, and how.
    var pods: [PodID: PodHandle] = [:]
    var podsByWatch: [CInt: PodID] = [:]
    /// Supervisors of pods that are forgotten already: kept until they have exited, or nobody would reap them.
    var leaving: [PodID: ChildProcess] = [:]
    /// Deletes the folder of a volume claim.
    var claimRemoval: ChildProcess?
    var connection: CoordinatorConnection?
    /// Streams that are being flushed after `close`.
    var closing: [ObjectIdentifier: AtollLoop.Stream] = [:]
    private(set) var isStopping = false
    private var lastStatus = ""

    struct Timers {
        var wake: LoopTimer?
        var topology: LoopTimer?
        var watchdog: LoopTimer?
        /// Comes back to pods that lost their supervisor, while processes of theirs are left.
        var lost: LoopTimer?
    }

    /// Reads the state folder and the host. Throws when another agent uses the folder, and for a damaged one.
    public init(on loop: EventLoop, settings: AgentSettings, log: Logger) throws(AgentError) {
        self.loop = loop
        self.settings = settings
        self.log = log
        let state = try StateFolder(settings.stateDirectory)
        self.state = state
        var reader = HostReader(settings)
        let facts = reader.read()
        self.reader = reader
        readings = ReadingSchedule(interval: settings.topologyInterval)
        var adoptions: [PodAdoption] = []
        for pod in try state.pods() { adoptions.append(try PodAdoption(pod, state.folder(of: pod))) }
        self.adoptions = adoptions
        var random = SystemRandomNumberGenerator()
        core = AgentCore(
            facts: facts,
            numbered: try state.numberedHost(),
            instance: try state.instance(),
            highestEpoch: try state.highestEpoch(),
            coordinatorCount: settings.coordinators.count,
            restored: adoptions.map(\.pod),
            random: SplitMix64(seed: random.next())
        )
    }

    /// Begins to serve, once, before the loop runs.
    public func start() throws(AgentError) {
        folders = try FolderWatch(on: loop) { self.foldersChanged($0) }
        try handleSignals()
        timers.wake = LoopTimer(on: loop) { self.handle(.timerFired) }
        timers.lost = LoopTimer(on: loop) { self.buryLostPods() }
        try startReadings()
        startWatchdog()
        for adoption in adoptions { adopt(adoption) }
        log.notice("agent started", metadata: startMetadata)
        notifier.ready()
        handle(.started)
    }

    /// One input, its effects.
    func handle(_ input: AgentInput) {
        guard !isStopping else { return }
        var effects = AgentEffects()
        let now = now()
        core.handle(input, at: now, into: &effects)
        if input == .stopping { isStopping = true }
        perform(effects, at: now)
        tellStatus()
    }

    /// In the order that `AgentEffects` asks for.
    private func perform(_ effects: AgentEffects, at now: Instant) {
        if let epoch = effects.persist {
            do throws(AgentError) {
                try state.write(highestEpoch: epoch)
            } catch {
                // To obey without remembering would break the fence after a restart. The pods run on.
                return die(error.message)
            }
        }
        if let lease = effects.lease {
            do throws(AgentError) {
                try state.write(lease)
            } catch {
                // The coordinator may be told next that the pods end by a lease that their supervisors do not know.
                return die(error.message)
            }
        }
        if let facts = effects.numbered {
            do throws(AgentError) {
                try state.write(numbered: facts)
            } catch {
                // The next agent would give devices other numbers than pods hold them by.
                return die(error.message)
            }
        }
        let failures = effects.pods.compactMap { perform($0) }
        for send in effects.send { transmit(send) }
        if let command = effects.connection { perform(command) }
        if let wake = effects.wake { timers.wake?.arm(after: wake.duration(since: now)) }
        for note in effects.notes { write(note) }
        if !failures.isEmpty { handle(.podsObserved(failures)) }
        if let claim = effects.removal { remove(claim) }
    }

    func now() -> Instant {
        let (uptime, wall) = loop.now()
        return Instant(uptime: uptime, wall: Timestamp(nanoseconds: wall))
    }

    /// Ends the process as a failure, for the service manager to start it again.
    func die(_ message: String) {
        log.critical("the agent cannot go on", metadata: [LogKey.reason: "\(message)"])
        exit(1)
    }

    private func tellStatus() {
        let summary = core.summary
        let link = connection.map { "connected to \($0.coordinator)" } ?? ""
        let status = """
            \(counted(summary.deviceCount, "device")), \(counted(summary.alivePodCount, "pod")), \
            \(summary.isConnected ? link : "not connected")
            """
        guard status != lastStatus else { return }
        lastStatus = status
        notifier.status(status)
    }

    private func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }

    private var startMetadata: Logger.Metadata {
        [
            LogKey.host: "\(settings.host)", LogKey.address: "\(settings.address)",
            LogKey.state: "\(settings.stateDirectory)", LogKey.pods: "\(adoptions.count)",
            LogKey.version: "\(AtollVersion.current)",
        ]
    }
}
