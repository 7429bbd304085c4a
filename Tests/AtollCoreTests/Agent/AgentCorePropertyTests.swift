import AtollCore
import AtollModel
import Testing

/// What holds for every sequence of inputs.
@Suite struct AgentCorePropertyTests {
    private typealias Fix = AgentFixture

    private static let inputs: [AgentInput] = [
        .started,
        .connected,
        .disconnected(reason: "reset"),
        .welcomed(Fix.welcome(epoch: 1)),
        .welcomed(Fix.welcome(epoch: 3)),
        .refused(Refusal(code: .hostNameTaken, message: "taken")),
        .assigned(Fix.assignment(1, launches: [Fix.launch(1)], run: [Fix.pod(1)])),
        .assigned(Fix.assignment(2, base: 1, stop: [Fix.pod(1)])),
        .assigned(Fix.assignment(epoch: 4, 1, run: [Fix.pod(2)])),
        .podsObserved([PodReport(pod: Fix.pod(1), observation: Fix.running)]),
        .podsObserved([PodReport(pod: Fix.pod(1), observation: Fix.ended)]),
        .podsObserved([PodReport(pod: Fix.pod(7), observation: .stopping)]),
        .topologyRead(Fix.facts),
        .timerFired,
        .stopping,
    ]

    /// Each state of a session, entered by a path of its own, then every sequence of three inputs.
    @Test func `every input is answered in every state, within the rules`() {
        let paths: [[AgentInput]] = [
            [], [.started], [.started, .connected], [.started, .disconnected(reason: "x")],
            [.started, .connected, .welcomed(Fix.welcome())], [.stopping],
        ]
        for path in paths {
            for first in Self.inputs {
                for second in Self.inputs {
                    for third in Self.inputs { check(path + [first, second, third]) }
                }
            }
        }
    }

    private func check(_ inputs: [AgentInput]) {
        var agent = Fix()
        var highest = Epoch(0)
        var started: Set<PodID> = []
        var isWelcomed = false
        for input in inputs {
            let effects = agent.feed(input)
            if let epoch = effects.persist {
                #expect(epoch > highest, "the persisted epoch went back after \(inputs)")
                highest = epoch
            }
            for pod in effects.started {
                #expect(started.insert(pod).inserted, "\(pod) was started twice by \(inputs)")
            }
            // Nothing but the hello leaves outside of a session.
            if !agent.core.summary.isConnected, !isWelcomed {
                #expect(effects.send.allSatisfy { if case .hello = $0 { true } else { false } }, "\(inputs)")
            }
            isWelcomed = agent.core.summary.isConnected
            agent.advance(.seconds(3))
        }
    }

    /// A coordinator changes its set step by step; the agent receives any part of that, in any order, repeated. It
    /// never holds anything but what the coordinator meant by the generation it names.
    @Test(arguments: UInt64(1)...60) func `lost, repeated and reordered assignments never mix`(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let history = History(steps: 12, random: &random)
        var deliveries = history.differences + history.wholes + history.differences
        deliveries.shuffle(using: &random)
        deliveries.removeLast(Int.random(in: 0..<deliveries.count, using: &random))
        var agent = Fix.welcomed()
        for delivery in deliveries {
            _ = agent.feed(.assigned(delivery))
            let held = agent.core.held
            #expect(held.run == history.sets[Int(held.generation.rawValue)], "seed \(seed)")
        }
        if let last = history.wholes.last { _ = agent.feed(.assigned(last)) }
        #expect(agent.core.held.run == history.sets.last, "seed \(seed)")
    }

    /// The sets of a coordinator by generation, and both ways to tell each.
    private struct History {
        var sets: [[PodID]] = [[]]
        var differences: [Assignment] = []
        var wholes: [Assignment] = []

        init(steps: UInt64, random: inout SplitMix64) {
            let launches = (1...4).map { Fix.launch($0) }
            for generation in 1...steps {
                let before = sets[Int(generation) - 1]
                let pods = (1...4).flatMap { job in (0...2).map { Fix.pod(job, $0) } }
                let after = pods.filter { _ in Bool.random(using: &random) }
                sets.append(after)
                differences.append(
                    Fix.assignment(
                        generation,
                        base: generation - 1,
                        launches: launches,
                        run: after.filter { !before.contains($0) },
                        forget: before.filter { !after.contains($0) }
                    )
                )
                wholes.append(Fix.assignment(generation, launches: launches, run: after))
            }
        }
    }

    @Test(arguments: UInt64(1)...20) func `the back-off grows to its ceiling and never passes it`(seed: UInt64) {
        var backoff = Backoff(random: SplitMix64(seed: seed))
        var longest = Duration.zero
        for number in 0..<200 {
            let delay = backoff.next()
            let ceiling = number < Backoff.earlyTries ? Backoff.earlyCeiling : Backoff.ceiling
            #expect(delay >= .zero && delay <= min(ceiling, Backoff.first * (1 << min(number, 8))), "seed \(seed)")
            longest = max(longest, delay)
        }
        #expect(longest > Backoff.ceiling / 2, "seed \(seed)")
        backoff.reset()
        #expect(backoff.next() <= Backoff.first, "seed \(seed)")
    }
}
