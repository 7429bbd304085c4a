public import AtollLoop
import AtollModel
import AtollWire
import DequeModule
public import Logging

/// A fleet on real sockets: turns bytes and time into inputs of `FleetCore`, and its effects into bytes. One actor on
/// the loop's thread.
public actor FleetShell {
    public nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }
    nonisolated let loop: EventLoop
    /// Where coordinators listen; never empty.
    private let coordinators: [SocketAddress]
    /// The IP addresses that hosts connect from, in turn; empty leaves that to the kernel.
    private let sources: [String]
    private let log: Logger
    private var core: FleetCore
    private var links: [FleetLink] = []
    private var wake: LoopTimer?
    /// Hosts that wait for their turn to connect.
    private var waiting: Deque<(host: Int, coordinator: Int)> = []
    private var connecting = 0
    /// Hosts with messages of this turn.
    private var sending: [Int] = []
    private var goals: [Goal] = []
    private var isOver = false

    /// So many connections are opened at one time: what a listener's queue holds, so that none is put off by the kernel
    /// for a second. listen(2), net.core.somaxconn.
    private static let connectingMax = 1024

    private struct Goal {
        let isReached: @Sendable (FleetCounts) -> Bool
        let continuation: CheckedContinuation<Int64, Never>
    }

    public init(
        on loop: EventLoop,
        _ description: FleetDescription,
        coordinators: [SocketAddress],
        from sources: [String] = [],
        log: Logger
    ) {
        self.loop = loop
        self.coordinators = coordinators
        self.sources = sources
        self.log = log
        core = FleetCore(description, coordinatorCount: coordinators.count)
    }

    public var counts: FleetCounts { core.counts }

    /// Boots all hosts; once.
    public func start() {
        links = (0..<core.counts.hosts).map { _ in FleetLink() }
        wake = LoopTimer(on: loop) { self.handle(.timerFired) }
        handle(.started)
    }

    public func perform(_ command: TimedCommand) { handle(.commanded(command)) }

    /// Lets every agent say goodbye.
    public func stop() { handle(.stopping) }

    /// Drops all connections without a word, for good.
    public func hangUp() {
        wake = nil
        waiting = []
        for link in links { link.hangUp() }
        isOver = true
    }

    /// Nothing is open any more, and nothing is left to send.
    public var isGone: Bool { links.allSatisfy(\.isGone) }

    /// Returns once the fleet is as asked for: the moment, in nanoseconds of the monotonic clock.
    public func reach(_ isReached: @Sendable @escaping (FleetCounts) -> Bool) async -> Int64 {
        if isReached(core.counts) { return loop.now().uptime }
        return await withCheckedContinuation { goals.append(Goal(isReached: isReached, continuation: $0)) }
    }

    // MARK: Inputs and effects

    private func handle(_ input: FleetInput) {
        guard !isOver else { return }
        var effects = FleetEffects()
        let (uptime, wall) = loop.now()
        core.handle(input, at: Instant(uptime: uptime, wall: Timestamp(nanoseconds: wall)), into: &effects)
        for deed in effects.links { perform(deed) }
        for host in sending { links[host].sendHeld() }
        sending.removeAll(keepingCapacity: true)
        for refusal in effects.refusals {
            log.warning(
                "a host was refused",
                metadata: ["host.id": "\(refusal.host)", "reason": "\(refusal.refusal.message)"]
            )
        }
        if let moment = effects.wake { wake?.arm(after: .nanoseconds(moment - loop.now().uptime)) }
        settleGoals()
    }

    private func settleGoals() {
        guard !goals.isEmpty else { return }
        let (reached, open) = goals.reduce(into: ([Goal](), [Goal]())) { parts, goal in
            if goal.isReached(core.counts) { parts.0.append(goal) } else { parts.1.append(goal) }
        }
        goals = open
        for goal in reached { goal.continuation.resume(returning: loop.now().uptime) }
    }

    private func perform(_ deed: FleetEffects.Link) {
        switch deed {
        case .connect(let host, let coordinator):
            links[host].isWanted = true
            waiting.append((host, coordinator))
            connectNext()
        case .send(let host, let message):
            links[host].hold(message.encodedFrame())
            sending.append(host)
        case .close(let host, let isReset): release(host) { $0.close(isReset: isReset) }
        case .pause(let host): links[host].pause()
        case .resume(let host): links[host].resume()
        case .abandon(let host): release(host) { $0.abandon() }
        case .closeAbandoned(let host): links[host].closeAbandoned()
        }
    }

    // MARK: Connections

    private func connectNext() {
        while connecting < Self.connectingMax, let next = waiting.popFirst() {
            let link = links[next.host]
            guard link.isWanted else { continue }
            link.isWanted = false
            connecting += 1
            let source = sources.isEmpty ? nil : sources[next.host % sources.count]
            link.connector = Connector(on: loop, to: coordinators[next.coordinator], from: source) { result in
                self.connected(next.host, link, result)
            }
        }
    }

    private func connected(_ host: Int, _ link: FleetLink, _ result: Result<AtollLoop.Stream, LoopError>) {
        link.connector = nil
        connecting -= 1
        defer { connectNext() }
        switch result {
        case .failure(let error): handle(.disconnected(host: host, reason: error.description))
        case .success(let stream):
            link.open(
                stream,
                onBytes: { self.received($0, by: host, link) },
                onClosed: { self.closed(host, stream, $0) }
            )
            handle(.connected(host: host))
        }
    }

    private func received(_ bytes: UnsafeRawBufferPointer, by host: Int, _ link: FleetLink) {
        link.decoder.append(bytes)
        do throws(WireError) {
            while link.stream != nil, let message = try link.decoder.next() {
                if case .helloReply(.accepted) = message { link.decoder.frameBytesMax = WireLimits.frameBytesMax }
                handle(.received(host: host, message))
            }
        } catch {
            log.warning("the coordinator sent what is no message", metadata: ["reason": "\(error.message)"])
            link.close(isReset: true)
            handle(.disconnected(host: host, reason: error.message))
        }
    }

    private func closed(_ host: Int, _ stream: AtollLoop.Stream, _ reason: AtollLoop.Stream.CloseReason) {
        guard links[host].stream === stream else { return links[host].forget(stream) }
        links[host].stream = nil
        handle(.disconnected(host: host, reason: "\(reason)"))
    }

    /// Ends what there is of a host's connection, and lets another one begin in the place of one that has not come about.
    private func release(_ host: Int, _ end: (FleetLink) -> Void) {
        if links[host].connector != nil { connecting -= 1 }
        end(links[host])
        connectNext()
    }
}
