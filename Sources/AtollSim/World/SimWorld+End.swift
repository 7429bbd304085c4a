import AtollCore
import AtollJobSet
import AtollModel

/// The second phase: what must be true once nothing fails any more.
extension SimWorld {
    /// Operators undo what would keep a JobSet from its end.
    mutating func resumeSomething() {
        schedule(.operatorActs, after: 1_000_000_000)
        guard let process = serving else { return }
        let core = coordinators[process].core
        fenceNamesOfTwins()
        for host in core.cluster.inventory.hosts where host.cordon != nil { ask(people.uncordon(host.id)) }
        if let order = people.resumeNext(isSuspended: { core.jobSetRun($0)?.jobSet.spec.suspend ?? false }) {
            ask(order)
        }
    }

    /// A machine that bore the name of another is gone, with what it was given to run: its name is free when somebody says
    /// so. And says it again where the gone machine has taken the name once more, by a hello that was still on its way.
    private mutating func fenceNamesOfTwins() {
        for id in lostHosts where !namesFreed.contains(id) || isHeldByTwin(id) {
            guard machines(named: id).allSatisfy({ hosts[$0].boot > 0 }) else { continue }
            namesFreed.insert(id)
            switchOff(id)
            ask(people.fence(id))
        }
    }

    /// As people are shown: the machine of a name is known by its address, and a fence stands until somebody says hello.
    private func isHeldByTwin(_ id: HostID) -> Bool {
        guard let process = serving, let shown = coordinators[process].core.cluster.inventory[id],
            case .lost(_, let evidence) = shown.link, !evidence.hasPrefix("fenced: ")
        else { return false }
        return machines(named: id).contains { $0 >= shape.hostCount && hosts[$0].facts.address == shown.facts.address }
    }

    /// True when nothing is left to happen but heartbeats.
    var isAtRest: Bool { unrest == nil }

    /// Why the system is not at rest; nil when it is.
    private var unrest: String? {
        guard let process = serving, coordinators[process].isQuiet else { return "no coordinator is at rest" }
        if let live = checker.processes.live.first { return "pod \(live.id) of \(live.jobName) still runs" }
        let core = coordinators[process].core
        for host in hosts where core.cluster.inventory[host.facts.host]?.isReady != true {
            return "\(host.facts.host) is not ready"
        }
        if let claim = core.cluster.volumeClaims.all.first(where: \.isTerminating) {
            return "claim \(claim.name) is still being deleted"
        }
        return core.jobSetRuns.lazy.compactMap(unrest).first
    }

    private func unrest(of run: JobSetRun) -> String? {
        guard let known = people[run.name] else { return "\(run.name) was never applied" }
        if run.isDeleting { return "\(run.name) is still being deleted" }
        if run.isFinished {
            if run.placement != nil { return "\(run.name) has finished and holds its places" }
            return run.spec.ttlSecondsAfterFinished == nil ? nil : "\(run.name) has outlived its time to live"
        }
        if run.spec.suspend { return "\(run.name) is suspended" }
        if run.placement != nil { return "\(run.name) is placed and has not finished: \(run.jobs)" }
        guard let waiting = run.waiting else { return "\(run.name) has no places and no reason" }
        // What is retained may leave no room for more.
        if waiting.reason.contains("volume claims") { return nil }
        return known.fit == .yes ? "\(run.name) waits although it fits: \(waiting.reason)" : nil
    }

    mutating func checkEnd(isInTime: Bool) {
        if let unrest, !isInTime || !isAtRest { return checker.broken(.liveness, at: now, unrest) }
        checker.checkClaimsLeft(in: self)
        guard let process = serving else { return }
        for known in people.jobSets where known.fit == .no {
            guard let run = coordinators[process].core.jobSetRun(known.jobSet.metadata.name), !run.isFinished else {
                continue
            }
            if run.placement != nil { checker.broken(.gang, at: now, "\(run.name) is placed and cannot fit") }
        }
    }
}
