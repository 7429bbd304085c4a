import AtollCore
import AtollModel

/// Pod leases: which hosts have one, and the supervisors that end their pods with it, agents or not.
extension SimWorld {
    /// Beyond a pod lease, what coordinators wait and supervisors may take.
    static let podLeaseMargin = Duration.seconds(1)

    /// Half of the clusters do without; in the others hosts have what their operators like.
    static func choosesLeases(_ chance: inout Chance) -> Bool { chance.percent(50) }

    /// What the operator of a host has set when its agent starts; seldom something else than before.
    mutating func choosePodLease(of host: Int) {
        guard hasLeases, hosts[host].agentNumber == 0 || (isFaulty && leaseChance.percent(10)) else { return }
        hosts[host].facts.podLease = leaseChance.one(of: [nil, .seconds(5), .seconds(8), .seconds(12)])
    }

    var policy: CoordinatorPolicy {
        var policy = Self.policy
        // A coordinator that has taken over should come to open hosts before its predecessor is gone.
        policy.restartGrace = .seconds(8)
        policy.podLeaseMargin = options.plantedBug == .leaseWithoutMargin ? .zero : Self.podLeaseMargin
        return policy
    }

    /// An agent tells the supervisors of its host. They take a moment to see it, and their clock is not the coordinator's.
    mutating func write(_ change: LeaseChange, on host: Int) {
        guard case .until(let deadline) = change else { return hosts[host].leaseEnd = nil }
        hosts[host].leaseEnd = deadline
        let drift = leaseChance.nanoseconds(ms: 0...80)
        let tardiness = leaseChance.nanoseconds(ms: 0...900)
        queue.add(
            .leaseEnds(host: host, boot: hosts[host].boot, deadline: deadline),
            at: max(now, deadline) + drift + tardiness
        )
    }

    func isLeaseOver(on host: Int) -> Bool { hosts[host].leaseEnd.map { $0 <= now } ?? false }

    mutating func leaseEnds(_ host: Int, boot: Int, deadline: Int64) {
        guard hosts[host].boot == boot, hosts[host].leaseEnd == deadline, options.plantedBug != .ignoreLease else {
            return
        }
        trace.note(at: now, "host \(host): lease kills")
        for pod in hosts[host].pods.keys { drive(pod, on: host, .killAsked(message: "LeaseExpired")) }
    }

    /// A supervisor that finds the lease over starts nothing.
    mutating func refuseStart(of pod: PodID, on host: Int, message: String) {
        trace.note(at: now, "host \(host): \(pod) is not started: \(message)")
        let exit = PodExit(cause: .startFailed, at: instant(on: host).wall, message: message)
        hosts[host].pods[pod]?.isAlive = false
        if let jobSet = hosts[host].pods[pod]?.plan.launch.jobSetUID { checker.processes.noteFailure(of: jobSet) }
        write(.ended(exit), of: pod, on: host)
    }

    /// Planted: heartbeats are answered without regard to what has to be durable first.
    mutating func answerAtOnce(_ process: Int) {
        let sends = coordinators[process].turn.send
        coordinators[process].turn.send = sends.filter { !$0.isAnswer }
        perform(sends.filter(\.isAnswer), of: process)
    }
}

extension SimCoordinator {
    /// Nothing is under way but what a pod lease is renewed with, which never ends.
    var isQuiet: Bool {
        !isInTurn
            && held.allSatisfy { turn in
                turn.persist.allSatisfy { if case .put(.cluster) = $0 { true } else { false } }
            }
    }
}

extension Send {
    fileprivate var isAnswer: Bool { if case .heartbeat = self { true } else { false } }
}
