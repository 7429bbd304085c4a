import AtollJobSet
import AtollModel

extension CoordinatorCore {
    /// Sends each host whose desired set changed the difference, or the whole set on a new connection.
    mutating func sendAssignments(into effects: inout Effects) {
        var plans = LaunchPlans()
        for slot in cluster.inventory.takeUnsentSlots() {
            // A host that is not there gets the whole set when it comes back.
            guard case .synced(let session) = cluster.inventory.hosts[slot].link else { continue }
            let isHeldUp = cluster.inventory.isHeldUp(slot)
            let change = cluster.inventory.update(slot) { isHeldUp ? $0.takeWhatIsThere() : $0.takeChange() }
            guard !change.isEmpty else { continue }
            effects.send.append(.assignment(session, assignment(of: change, slot: slot, plans: &plans)))
        }
    }

    private mutating func assignment(of change: DesiredChange, slot: Int, plans: inout LaunchPlans) -> Assignment {
        if change.base == nil { cluster.inventory.update(slot) { $0.told = ToldPlans() } }
        let launches = plans.launches(of: change.jobs, in: self)
        let peers = peers(for: launches, slot: slot, plans: &plans)
        cluster.inventory.update(slot) { host in
            host.told.drop(change.forget.map(\.job).filter { !host.holdsPod(of: $0) })
        }
        let host = cluster.inventory.hosts[slot]
        return Assignment(
            epoch: cluster.epoch,
            generation: change.generation,
            base: change.base,
            launches: launches.map(\.launch),
            peers: host.readsPeerLists ? [] : peers.map(\.table),
            peerLists: host.readsPeerLists ? peers : [],
            pods: change.pods,
            forget: change.forget,
            removals: Array(host.removals.values.prefix(cluster.limits.claimRemovalsPerHost))
        )
    }

    /// The peers of the jobs' pods, as far as the host does not hold them. From now on it does.
    private mutating func peers(for launches: [LaunchPlans.Plan], slot: Int, plans: inout LaunchPlans) -> [PeerList] {
        var names: [ObjectName] = []
        for plan in launches {
            cluster.inventory.update(slot) { $0.told.add(plan.launch.job, ofJobSet: plan.sequence) }
            if !names.contains(plan.launch.jobSet) { names.append(plan.launch.jobSet) }
        }
        return names.compactMap { name in
            guard let peers = peers(of: name, plans: &plans) else { return nil }
            let jobs = peers.areAll ? [] : ownJobs(ofJobSet: name, peers.sequence, slot: slot)
            let told = ToldPlans.Peers(source: peers.known.source, wholeJobs: jobs)
            guard cluster.inventory.update(slot, { $0.told.tell(told, ofJobSet: peers.sequence) }) else { return nil }
            var list = peers.known.list
            if !jobs.isEmpty, let run = runs[name] {
                list.wholeJobs = jobs.map { plans.wholeJob(at: $0, of: run, in: cluster.inventory) }
            }
            return list
        }
    }

    /// Nil for a JobSet that wants no names for its pods.
    private mutating func peers(of name: ObjectName, plans: inout LaunchPlans) -> LaunchPlans.Peers? {
        if let peers = plans.peers[name] { return peers }
        guard let run = runs[name], run.spec.network.enableDNSHostnames else { return nil }
        let areAll = run.podTotal <= cluster.limits.peersPerTable
        guard let known = runs[name]?.peers(in: cluster.inventory, wantsAll: areAll) else { return nil }
        let peers = LaunchPlans.Peers(known: known, areAll: areAll, sequence: run.sequence)
        plans.peers[name] = peers
        return peers
    }

    /// A pod of a JobSet that is too large for whole tables is given those of its own job.
    private func ownJobs(ofJobSet name: ObjectName, _ sequence: UInt64, slot: Int) -> [JobPosition] {
        cluster.inventory.hosts[slot].told.jobs(ofJobSet: sequence).compactMap { job in
            guard let position = cluster.owners[job]?.position, runs[name]?[position].current?.id == job else {
                return nil
            }
            return position
        }
    }
}

/// What one host has to be told.
private struct DesiredChange {
    var generation: Generation
    var base: Generation?
    var pods: [PodAssignment]
    var forget: [PodID]
    /// Pods that were told to run before, and are told nothing but how far the attempts have come.
    var goingOn: [PodID] = []
    var hasOtherRemovals = false

    var isEmpty: Bool { base != nil && pods.isEmpty && forget.isEmpty && !hasOtherRemovals }

    /// Jobs whose launch plans are needed, in id order.
    var jobs: [JobID] {
        var jobs: [JobID] = []
        for pod in pods where pod.goal == .run && jobs.last != pod.id.job && !goingOn.contains(pod.id) {
            jobs.append(pod.id.job)
        }
        return jobs
    }
}

extension HostState {
    /// True when it is told to hold a pod of a job, running or not.
    fileprivate func holdsPod(of job: JobID) -> Bool { desired.keys.contains { $0.job == job } }

    /// The whole set without pods that would have to be started; sent again when they may be.
    fileprivate mutating func takeWhatIsThere() -> DesiredChange {
        forgetUnsent()
        needsWhole = true
        generation = generation.next
        let pods = desired.values.filter { $0.goal == .stop || reported.contains($0.id) }
        return DesiredChange(generation: generation, base: nil, pods: pods, forget: [])
    }

    /// The difference to what was sent before, which from now on counts as sent.
    fileprivate mutating func takeChange() -> DesiredChange {
        defer {
            forgetUnsent()
            needsWhole = false
        }
        if needsWhole {
            generation = generation.next
            return DesiredChange(generation: generation, base: nil, pods: desired.values, forget: [])
        }
        let changed = (unsent + unsentAttempts).sortedOnce()
        let base = generation
        if !changed.isEmpty || areRemovalsUnsent { generation = generation.next }
        return DesiredChange(
            generation: generation,
            base: base,
            pods: changed.compactMap { desired[$0] },
            forget: changed.filter { desired[$0] == nil },
            goingOn: unsentAttempts.filter { !unsent.contains($0) },
            hasOtherRemovals: areRemovalsUnsent
        )
    }

    private mutating func forgetUnsent() {
        unsent.removeAll()
        unsentAttempts.removeAll()
        areRemovalsUnsent = false
    }
}

extension [PodID] {
    /// In order, each once.
    fileprivate func sortedOnce() -> [PodID] { count < 2 ? self : Set(self).sorted() }
}

/// Launch plans and peers of one round, each built once however many hosts get it.
private struct LaunchPlans {
    struct Plan {
        var launch: JobLaunch
        /// The JobSet's sequence number.
        var sequence: UInt64
    }

    struct Peers {
        var known: KnownPeers
        /// False where each job is given by its pod 0 alone.
        var areAll: Bool
        /// The JobSet's sequence number.
        var sequence: UInt64
    }

    /// By JobSet.
    var peers: [ObjectName: Peers] = [:]
    private var plans: [JobID: Plan] = [:]
    private var wholeJobs: [ObjectName: [JobPosition: PeerTable.Job]] = [:]

    mutating func launches(of jobs: [JobID], in core: CoordinatorCore) -> [Plan] {
        jobs.compactMap { job in
            if let known = plans[job] { return known }
            guard let owner = core.cluster.owners[job], let run = core.runs[owner.jobSet] else { return nil }
            let launch = run.launch(of: owner.position, id: job, claims: core.cluster.volumeClaims)
            let plan = Plan(launch: launch, sequence: run.sequence)
            plans[job] = plan
            return plan
        }
    }

    mutating func wholeJob(at position: JobPosition, of run: JobSetRun, in inventory: Inventory) -> PeerTable.Job {
        if let known = wholeJobs[run.name]?[position] { return known }
        let job = run.wholeJob(at: position, in: inventory)
        wholeJobs[run.name, default: [:]][position] = job
        return job
    }
}
