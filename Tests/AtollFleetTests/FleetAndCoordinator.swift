import AtollCore
import AtollJobSet
import AtollModel
import AtollTestSupport
import AtollWire

@testable import AtollFleet

/// A fleet and a coordinator's core on one clock, with nothing between them that delays or loses.
struct FleetAndCoordinator {
    private(set) var fleet: FleetCore
    private(set) var core: CoordinatorCore
    private(set) var now = Instant(uptime: 1_000_000_000, wall: Timestamp(nanoseconds: 1_795_000_000_000_000_000))
    /// Open connections by host. A host without one that wants one is in `connecting`.
    private var sessions: [Int: SessionID] = [:]
    private var lastSession: UInt64 = 0
    private var fleetWake: Int64?
    private var coordinatorWake: Int64?
    /// Connections that the coordinator still takes for open.
    private(set) var abandoned: [Int] = []
    private(set) var paused: Set<Int> = []
    /// What was sent to hosts that read nothing.
    private var unread: [(host: Int, message: Message)] = []
    /// Hosts whose connections the coordinator has closed while they read nothing.
    private var hungUp: Set<Int> = []

    init(_ description: FleetDescription) throws(RestoreError) {
        fleet = FleetCore(description, coordinatorCount: 1)
        core = try CoordinatorCore(seed: 1)
    }

    mutating func start() {
        give(.started)
        settle()
        wait(.seconds(1))
    }

    mutating func stop() {
        give(.stopping)
        settle()
    }

    private mutating func give(_ input: FleetInput) {
        var effects = FleetEffects()
        fleet.handle(input, at: now, into: &effects)
        fleetWake = effects.wake
        for deed in effects.links { perform(deed) }
    }

    mutating func command(_ line: String) throws(FleetError) {
        if let command = try TimedCommand.parse(line) { give(.commanded(command)) }
        settle()
    }

    mutating func apply(_ jobSet: JobSet) {
        let ticket = AdminTicket(session: SessionID(0), request: 1)
        let application = JobSetApplication(jobSet: jobSet, manifest: "")
        give(.admin(ticket, .apply([application], dryRun: false)))
        settle()
    }

    /// Lets time pass, in steps of what is due.
    mutating func wait(_ duration: Duration) {
        let end = now.advanced(by: duration)
        while let next = [fleetWake, coordinatorWake].compactMap(\.self).min(), next <= end.uptime {
            now = now.advanced(by: .nanoseconds(max(0, next - now.uptime)))
            if fleetWake.map({ $0 <= now.uptime }) == true { give(.timerFired) }
            if coordinatorWake.map({ $0 <= now.uptime }) == true {
                coordinatorWake = nil
                give(.wake)
            }
            settle()
        }
        now = end
    }

    private mutating func give(_ input: Input) {
        var effects = Effects()
        core.handle(input, at: now, into: &effects)
        take(effects)
    }

    /// Until neither side has anything to say any more.
    private mutating func settle() {
        for _ in 0..<100 {
            var effects = Effects()
            core.handle(.settle, at: now, into: &effects)
            take(effects)
            if effects.send.isEmpty { return }
        }
    }

    private mutating func take(_ effects: Effects) {
        if let wake = effects.wake { coordinatorWake = wake.uptime }
        for send in effects.send {
            switch send {
            case .hello(let session, let reply): deliver(.helloReply(reply), on: session)
            case .assignment(let session, let assignment): deliver(.assignment(assignment), on: session)
            case .heartbeat(let session, let answer): deliver(.heartbeat(answer), on: session)
            case .reply: break
            case .close(let session, _): if let host = host(on: session) { hangUp(host) }
            }
        }
    }

    private func host(on session: SessionID) -> Int? { sessions.first { $0.value == session }?.key }

    private mutating func hangUp(_ host: Int) {
        sessions[host] = nil
        if paused.contains(host) { hungUp.insert(host) } else { give(.disconnected(host: host, reason: "closed")) }
    }

    private mutating func deliver(_ message: Message, on session: SessionID) {
        guard let host = host(on: session) else { return }
        if paused.contains(host) { return unread.append((host, message)) }
        give(.received(host: host, message))
    }

    private mutating func perform(_ deed: FleetEffects.Link) {
        switch deed {
        case .connect(let host, _):
            lastSession += 1
            sessions[host] = SessionID(lastSession)
            give(.connected(host: host))
        case .send(let host, let message): if let session = sessions[host] { receive(message, on: session) }
        case .close(let host, _): if let session = sessions.removeValue(forKey: host) { end(session) }
        case .pause(let host): paused.insert(host)
        case .resume(let host):
            paused.remove(host)
            let late = unread.filter { $0.host == host }
            unread.removeAll { $0.host == host }
            if hungUp.remove(host) != nil { return give(.disconnected(host: host, reason: "closed")) }
            for message in late { give(.received(host: host, message.message)) }
        case .abandon(let host):
            abandoned.append(host)
            sessions[host] = nil
            hungUp.remove(host)
            unread.removeAll { $0.host == host }
        case .closeAbandoned(let host): abandoned.removeAll { $0 == host }
        }
    }

    private mutating func end(_ session: SessionID) { give(.session(session, .closed(reason: "reset"))) }

    private mutating func receive(_ message: Message, on session: SessionID) {
        switch message {
        case .hello(let hello):
            guard case .agent(let agent) = hello.role else { return }
            give(.session(session, .greeted(agent, peer: "test")))
        case .hostFacts(let facts): give(.session(session, .reported(facts)))
        case .hostChange(let change): give(.session(session, .changed(change)))
        case .status(let batch): give(.session(session, .observed(batch)))
        case .heartbeat(let heartbeat): give(.session(session, .heartbeat(heartbeat)))
        case .goodbye(let reason): give(.session(session, .goodbye(reason: reason)))
        default: break
        }
    }
}
