import AtollJobSet
import AtollModel

extension CoordinatorCore {
    /// Sends each host whose desired set changed the difference, or the whole set on a new connection.
    mutating func sendAssignments(into effects: inout Effects) {
        var plans = LaunchPlans()
        for slot in cluster.inventory.takeUnsentSlots() {
            // A host that is not there gets the whole set when it comes back.
            guard case .synced(let session) = cluster.inventory[slot].link else { continue }
            let isHeldUp = cluster.inventory.isHeldUp(slot)
            let change = cluster.inventory.update(slot) { isHeldUp ? $0.takeWhatIsThere() : $0.takeChange() }
            guard !change.isEmpty else { continue }
            let removals = cluster.inventory[slot].removals.values.prefix(cluster.limits.claimRemovalsPerHost)
            let assignment = Assignment(
                epoch: cluster.epoch,
                generation: change.generation,
                base: change.base,
                launches: plans.launches(for: change.pods, in: self),
                peers: plans.peers(for: change.pods, in: self),
                pods: change.pods,
                forget: change.forget,
                removals: Array(removals)
            )
            effects.send.append(.assignment(session, assignment))
        }
    }
}

/// What one host has to be told.
private struct DesiredChange {
    var generation: Generation
    var base: Generation?
    var pods: [PodAssignment]
    var forget: [PodID]
    var hasOtherRemovals = false

    var isEmpty: Bool { base != nil && pods.isEmpty && forget.isEmpty && !hasOtherRemovals }
}

extension HostState {
    /// The whole set without pods that would have to be started; sent again when they may be.
    fileprivate mutating func takeWhatIsThere() -> DesiredChange {
        unsent.removeAll()
        areRemovalsUnsent = false
        needsWhole = true
        generation = generation.next
        let pods = desired.values.filter { $0.goal == .stop || reported.contains($0.id) }
        return DesiredChange(generation: generation, base: nil, pods: pods, forget: [])
    }

    /// The difference to what was sent before, which from now on counts as sent.
    fileprivate mutating func takeChange() -> DesiredChange {
        defer {
            unsent.removeAll()
            areRemovalsUnsent = false
            needsWhole = false
        }
        if needsWhole {
            generation = generation.next
            return DesiredChange(generation: generation, base: nil, pods: desired.values, forget: [])
        }
        let changed = Set(unsent).sorted()
        let pods = changed.compactMap { desired[$0] }
        let forget = changed.filter { desired[$0] == nil }
        let base = generation
        if !changed.isEmpty || areRemovalsUnsent { generation = generation.next }
        return DesiredChange(
            generation: generation,
            base: base,
            pods: pods,
            forget: forget,
            hasOtherRemovals: areRemovalsUnsent
        )
    }
}

/// Launch plans and peer tables of one round, each built once however many hosts get it.
private struct LaunchPlans {
    private var launchesByJob: [JobID: JobLaunch] = [:]
    private var peersByJobSet: [ObjectName: PeerTable] = [:]

    mutating func launches(for pods: [PodAssignment], in core: CoordinatorCore) -> [JobLaunch] {
        var jobs: [JobID] = []
        for pod in pods where pod.goal == .run && jobs.last != pod.id.job { jobs.append(pod.id.job) }
        return jobs.compactMap { job in
            if let known = launchesByJob[job] { return known }
            guard let owner = core.cluster.owners[job], let run = core.runs[owner.jobSet] else { return nil }
            let launch = run.launch(of: owner.position, id: job, claims: core.cluster.volumeClaims)
            launchesByJob[job] = launch
            return launch
        }
    }

    mutating func peers(for pods: [PodAssignment], in core: CoordinatorCore) -> [PeerTable] {
        var names: [ObjectName] = []
        for pod in pods where pod.goal == .run {
            if let name = core.cluster.owners[pod.id.job]?.jobSet, !names.contains(name) { names.append(name) }
        }
        return names.compactMap { name in
            guard let run = core.runs[name], run.spec.network.enableDNSHostnames else { return nil }
            let isWhole = run.podTotal <= core.cluster.limits.peersPerTable
            var table = peersByJobSet[name] ?? run.peerTable(in: core.cluster.inventory, wantsAll: isWhole)
            peersByJobSet[name] = table
            if !isWhole { complete(&table, for: pods, of: run, in: core) }
            return table
        }
    }

    /// A pod of a JobSet that is too large for whole tables is given those of its own job.
    private func complete(
        _ table: inout PeerTable,
        for pods: [PodAssignment],
        of run: JobSetRun,
        in core: CoordinatorCore
    ) {
        for job in Set(pods.map(\.id.job)).sorted() {
            guard let owner = core.cluster.owners[job], owner.jobSet == run.name,
                run[owner.position].current?.id == job
            else { continue }
            run.complete(&table, at: owner.position, in: core.cluster.inventory)
        }
    }
}
