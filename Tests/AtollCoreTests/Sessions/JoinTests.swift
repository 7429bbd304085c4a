import AtollCore
import AtollModel
import AtollTestSupport
import Testing

/// Many agents call at once, as after a restart of the coordinator.
@Suite struct JoinTests {
    /// A core and the agents that have called it; an agent reports once it is welcomed, unless it hangs.
    private struct Crowd {
        var core: CoordinatorCore
        var now = Instant(uptime: 1, wall: Timestamp(nanoseconds: 1_795_000_000_000_000_000))
        var welcomed: [Int] = []

        init(limits: Limits) throws { core = try CoordinatorCore(limits: limits, seed: 1) }

        mutating func turn(_ inputs: [Input]) {
            var effects = Effects()
            for input in inputs + [.settle] { core.handle(input, at: now, into: &effects) }
            for case .hello(let session, .accepted) in effects.send { welcomed.append(Int(session.rawValue)) }
        }

        mutating func call(_ agents: Range<Int>) {
            turn(
                agents.map { agent in
                    let hello = AgentHello(
                        host: HostID("h\(agent)"),
                        address: "10.0.0.1",
                        bootID: "boot",
                        instance: ObjectUID("\(agent)"),
                        highestEpoch: Epoch(0)
                    )
                    return .session(SessionID(UInt64(agent)), .greeted(hello, peer: "10.0.0.1"))
                }
            )
        }

        mutating func report(_ agents: some Sequence<Int>) {
            let status = StatusBatch(epoch: Epoch(0), applied: Generation(0), complete: true, pods: [])
            turn(
                agents.flatMap { agent -> [Input] in
                    let session = SessionID(UInt64(agent))
                    let facts = HostFacts(host: HostID("h\(agent)"), address: "10.0.0.1", bootID: "boot")
                    return [.session(session, .reported(facts)), .session(session, .observed(status))]
                }
            )
        }

        mutating func wait(_ duration: Duration) {
            now = now.advanced(by: duration)
            turn([.wake])
        }

        var readyCount: Int { core.cluster.inventory.hosts.count(where: \.isReady) }
    }

    @Test func `15,000 agents are served in the order in which they called, so many at a time`() throws {
        var crowd = try Crowd(limits: .production)
        crowd.call(0..<15_000)
        #expect(crowd.welcomed == Array(0..<Limits.production.joiningHosts))
        var done = 0
        while done < crowd.welcomed.count {
            let next = crowd.welcomed[done...]
            #expect(next.count <= Limits.production.joiningHosts)
            done = crowd.welcomed.count
            crowd.report(next)
        }
        #expect(crowd.welcomed == Array(0..<15_000))
        #expect(crowd.readyCount == 15_000)
    }

    @Test func `agents that hang hold up the others for two seconds and no more`() throws {
        var crowd = try Crowd(limits: .tiny)
        crowd.call(0..<6)
        #expect(crowd.welcomed == [0, 1])
        crowd.wait(.milliseconds(1_999))
        #expect(crowd.welcomed == [0, 1])
        crowd.wait(.milliseconds(1))
        #expect(crowd.welcomed == [0, 1, 2, 3])
        crowd.report([2])
        #expect(crowd.welcomed == [0, 1, 2, 3, 4])
    }

    @Test func `one that is gone before its turn is passed over`() throws {
        var crowd = try Crowd(limits: .tiny)
        crowd.call(0..<4)
        crowd.turn([.session(SessionID(2), .closed(reason: "reset"))])
        crowd.report([0])
        #expect(crowd.welcomed == [0, 1, 3])
    }

    @Test func `who waits for a turn is not lost for saying nothing`() throws {
        var crowd = try Crowd(limits: .tiny)
        crowd.call(0..<3)
        // Two hang for the lease and are lost; the third has waited for its turn, and its own lease counts from there.
        crowd.wait(.milliseconds(1_500))
        crowd.report([0, 1])
        crowd.wait(.seconds(9))
        #expect(crowd.welcomed == [0, 1, 2])
        #expect(crowd.core.cluster.inventory[HostID("h2")]?.link.isLost == false)
    }
}
