public import AtollCore
import AtollHTTP
public import AtollLoop
import AtollModel
public import AtollStore
import Glibc
public import Logging

/// The coordinator process around `CoordinatorCore`: sockets, the store and the log. One actor on the loop's thread.
///
/// Bytes become inputs, inputs become effects, effects become bytes. Inputs of one turn of the loop are collected,
/// and the core decides about them once at its end.
public actor CoordinatorShell {
    nonisolated let loop: EventLoop
    let log: Logger
    let settings: CoordinatorSettings
    let store: StoreThread

    var core: CoordinatorCore
    /// Effects of this turn, until it is settled.
    private var turn = Effects()
    private var isSettleQueued = false
    private var pipeline = CommitPipeline()
    private var wakeTimer: LoopTimer?
    private let service = ServiceNotifier()
    private var serviceTimer: LoopTimer?
    private var signals: SignalSource?

    private var listeners: [Listener] = []
    var httpServer: HTTPServer?
    private var helloTimer: LoopTimer?
    var sessions: [SessionID: PeerSession] = [:]
    private var lastSession: UInt64 = 0
    var watches = WatchTable()
    var watchTimer: LoopTimer?
    var logs = LogRelays()
    var topologyReads = TopologyReads()
    var startedAt: Instant?
    var storeMetrics = StoreMetrics()
    var isBackingUp = false

    public nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

    /// - Parameter core: restored from `store`, which this shell writes alone from now on.
    public init(loop: EventLoop, settings: CoordinatorSettings, core: CoordinatorCore, store: StoreThread, log: Logger)
    {
        self.loop = loop
        self.settings = settings
        self.core = core
        self.store = store
        self.log = log
    }

    /// Opens the sockets and begins to serve; on the loop's thread.
    public func start() throws(LoopError) {
        wakeTimer = LoopTimer(on: loop) { self.handle(.wake) }
        helloTimer = LoopTimer(on: loop) { self.closeSpeechless() }
        watchTimer = LoopTimer(on: loop) { self.refreshWatches() }
        startedAt = now()
        queueSettle()
        for address in settings.listen + [.unix(path: settings.socketPath)] {
            let listener = try Listener(on: loop, address: address, handlers: listenerHandlers)
            listeners.append(listener)
            log.notice("listening", metadata: ["address": "\(listener.address)"])
        }
        if let address = settings.http { try serveHTTP(on: address) }
        signals = try SignalSource(on: loop, signals: [SIGTERM, SIGINT]) { _ in self.stop() }
        serviceTimer = LoopTimer(on: loop) { self.reportToServiceManager() }
        service.ready()
        reportToServiceManager()
        log.notice(
            "coordinator started",
            metadata: [
                "epoch": "\(core.cluster.epoch)", "hosts": "\(core.cluster.inventory.count)",
                "jobsets": "\(core.jobSetRuns.count)",
            ]
        )
    }

    /// Stops serving and ends the loop; pods go on running.
    private func stop() {
        log.notice("coordinator stopping")
        service.stopping()
        for listener in listeners { listener.close() }
        listeners = []
        httpServer = nil
        for session in sessions.values { session.stream.close(flushing: false) }
        loop.stop()
    }

    /// Tells `systemctl status` what is going on, and the watchdog that the loop turns.
    private func reportToServiceManager() {
        let hosts = core.cluster.inventory.hosts
        let ready = hosts.count(where: \.isReady)
        service.status(
            "epoch \(core.cluster.epoch), \(ready) of \(hosts.count) hosts ready, \(core.jobSetRuns.count) JobSets"
        )
        service.watchdog()
        serviceTimer?.arm(after: min(service.watchdogInterval.map { $0 / 2 } ?? .seconds(5), .seconds(5)))
    }

    private var listenerHandlers: Listener.Handlers {
        Listener.Handlers(
            onConnection: { stream in self.accepted(stream) },
            onPaused: { error in
                self.log.error("accepting connections is paused", metadata: ["error": "\(error)"])
            }
        )
    }

    /// The moment of an input, both clocks read once.
    func now() -> Instant {
        let (uptime, wall) = loop.now()
        return Instant(uptime: uptime, wall: Timestamp(nanoseconds: wall))
    }

    // MARK: Inputs and effects

    /// Gives an input to the core; what follows from it is done at the end of this turn of the loop.
    func handle(_ input: Input) {
        core.handle(input, at: now(), into: &turn)
        queueSettle()
    }

    private func queueSettle() {
        guard !isSettleQueued else { return }
        isSettleQueued = true
        loop.execute { self.assumeIsolated { $0.settle() } }
    }

    private func settle() {
        isSettleQueued = false
        core.handle(.settle, at: now(), into: &turn)
        let effects = turn
        turn = Effects()
        if let wake = effects.wake { wakeTimer?.arm(after: max(wake.duration(since: now()), .zero)) }
        take(pipeline.add(effects))
    }

    /// Sends something that rests on what the core knows now: after all of that is durable.
    func sendAfterCommit(_ send: Send) {
        turn.send.append(send)
        queueSettle()
    }

    private func take(_ step: CommitPipeline.Step) {
        for release in step.release {
            switch release {
            case .send(let send): perform(send)
            case .note(let note): take(note)
            }
        }
        guard !step.commit.isEmpty else { return }
        store.submit(step.commit) { result in
            self.loop.execute { self.assumeIsolated { $0.committed(result) } }
        }
    }

    private func committed(_ result: Result<CommitReport, StoreError>) {
        switch result {
        case .success(let report):
            log.trace("committed", metadata: ["changes": "\(report.changes)", "took": "\(report.duration)"])
            storeMetrics.add(report)
            take(pipeline.committed())
        case .failure(let error):
            // What was told to be accepted is durable; what comes now cannot be. Going on would promise too much.
            log.critical("the store failed; the coordinator ends", metadata: ["error": "\(error.message)"])
            exit(EXIT_FAILURE)
        }
    }

    // MARK: Connections

    private func accepted(_ stream: Stream) {
        guard sessions.count < settings.connectionsMax else {
            return log.error("connection refused: limit reached", metadata: ["limit": "\(settings.connectionsMax)"])
        }
        lastSession += 1
        let deadline = now().advanced(by: settings.helloTimeout).uptime
        let session = PeerSession(id: SessionID(lastSession), stream: stream, helloDeadline: deadline)
        sessions[session.id] = session
        let id = session.id
        let handlers = Stream.Handlers(
            onBytes: { bytes in self.received(bytes, on: id) },
            onWritable: { self.readMoreOutput() },
            onClosed: { reason in self.closed(id, reason) }
        )
        stream.start(handlers)
        if helloTimer?.isArmed == false { helloTimer?.arm(after: settings.helloTimeout) }
    }

    /// Closes connections that have not said hello in time, and looks again when the next one is due.
    private func closeSpeechless() {
        let time = now().uptime
        var next: Int64?
        for session in sessions.values.sorted(by: { $0.id < $1.id }) {
            guard case .unknown(let deadline) = session.role else { continue }
            if deadline <= time {
                log.info("closed a connection that did not say hello", metadata: ["peer": "\(session.peer)"])
                session.stream.close(flushing: false)
            } else {
                next = min(next ?? deadline, deadline)
            }
        }
        if let next { helloTimer?.arm(after: .nanoseconds(next - time)) }
    }
}
