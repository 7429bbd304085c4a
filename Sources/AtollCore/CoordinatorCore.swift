import AtollJobSet
public import AtollModel

/// Everything the coordinator decides, in one value: no clock, socket, file, task or logger inside.
///
/// The same inputs give the same effects, byte for byte. One thread owns it; nothing here suspends.
///
/// The way through: `handle` takes note of an input (`Sessions/` for agents, `Admin` for orders); at `settle` every
/// JobSet with news is reconciled (`Run/`), those that wait are offered the free islands (`Queue/`), and each host
/// whose desired set changed is sent the difference (`Sessions/CoordinatorCore+Assignments.swift`).
public struct CoordinatorCore: Equatable, Sendable {
    public internal(set) var cluster: Cluster
    /// JobSets by name; iterate by `order`.
    var runs: [ObjectName: JobSetRun] = [:]
    /// Names in order of creation.
    var order: SortedMap<UInt64, ObjectName> = [:]
    var nextSequence: UInt64 = 1
    /// JobSets with news since the last `settle`, each once, in the order the news came.
    var dirty = OrderedNames()
    /// JobSets that want a placement, oldest first.
    var queue = WaitingQueue()
    /// Agents that wait to be welcomed.
    var joins: JoinQueue
    /// Which host a connection belongs to.
    var slots: [SessionID: Int] = [:]
    /// The moment last asked for by `Effects.wake`.
    private var wakeAt: Instant?
    private var reservedRevision: UInt64 = 0
    /// When it was last asked for that something be written, whatever it is, and whether this turn must do it.
    var provedAt: Instant?
    var isProofDue = false
    private var isStarted = false
    /// True while the agenda holds a look at those who wait to be welcomed.
    var isJoinArmed = false

    /// What a restarted coordinator finds missing in its store is refused here, before anything is sent.
    public init(
        restoring stored: StoredState = StoredState(),
        limits: Limits = .production,
        policy: CoordinatorPolicy = CoordinatorPolicy(),
        seed: UInt64
    ) throws(RestoreError) {
        var random = SplitMix64(seed: seed)
        let prefix = random.next() & 0xFF_FFFF
        let record = stored.cluster
        if let record { try Self.check(record) }
        cluster = Cluster(
            limits: limits,
            policy: policy,
            epoch: Epoch((record?.epoch.rawValue ?? 0) + 1),
            inventory: Inventory(topologyKeys: policy.topologyKeys),
            ids: IDSource(
                jobIDPrefix: record?.jobIDPrefix ?? prefix,
                nextJobNumber: record?.nextJobNumber ?? 1,
                random: random.split()
            ),
            revision: record?.revision ?? 0,
            restoredAt: record?.restoredAt
        )
        joins = JoinQueue(limit: limits.joiningHosts)
        try restore(stored)
    }

    public mutating func handle(_ input: Input, at now: Instant, into effects: inout Effects) {
        switch input {
        case .session(let session, let input): handle(input, from: session, at: now, into: &effects)
        case .admin(let ticket, let input): handle(input, for: ticket, at: now, into: &effects)
        case .wake: wake(at: now, into: &effects)
        case .settle: settle(at: now, into: &effects)
        }
    }

    /// Decides, for everything noted since the last time.
    private mutating func settle(at now: Instant, into effects: inout Effects) {
        if !isStarted { awaitKnownHosts(at: now) }
        repeat {
            reconcileDirty(at: now, into: &effects)
            removeClaims()
            saveClaims(into: &effects)
            // The end of a claim may make room for those of a JobSet that waits.
        } while !dirty.isEmpty
        placeWaiting(at: now, into: &effects)
        welcomeNext(at: now, into: &effects)
        sendAssignments(into: &effects)
        saveNumbers(into: &effects)
        askToBeWoken(into: &effects)
    }

    /// Lets a JobSet look at all of its jobs at the end of this turn.
    mutating func stir(_ name: ObjectName) {
        runs[name]?.news = .all
        dirty.insert(name)
    }

    private mutating func reconcileDirty(at now: Instant, into effects: inout Effects) {
        for name in dirty.take() { reconcile(name, at: now, into: &effects) }
    }

    /// Lets one JobSet decide, and keeps the queue and the tables in step with the outcome.
    mutating func reconcile(_ name: ObjectName, at now: Instant, into effects: inout Effects) {
        guard runs[name] != nil else { return }
        let sequence = runs[name]?.sequence ?? 0
        let isGone = runs[name]?.reconcile(in: &cluster, at: now, into: &effects) ?? false
        if isGone {
            runs[name] = nil
            order[sequence] = nil
        } else if let run = runs[name], run.isFinished, run.isGone {
            cluster.volumeClaims.release(run.jobSet.claimNames, by: name)
        }
        saveClaims(into: &effects)
        queue.set(sequence, isWaiting: runs[name]?.wantsPlacement ?? false)
    }

    private mutating func wake(at now: Instant, into effects: inout Effects) {
        wakeAt = nil
        while let matter = cluster.agenda.takeDue(at: now) {
            switch matter {
            case .join: isJoinArmed = false
            case .lease(let slot): leaseIsDue(slot, at: now, into: &effects)
            case .comeback(let slot): comebackIsDue(slot, at: now, into: &effects)
            case .podLease(let slot): podLeaseIsDue(slot, at: now, into: &effects)
            case .jobSet(let name): stir(name)
            }
        }
    }

    private mutating func askToBeWoken(into effects: inout Effects) {
        guard let earliest = cluster.agenda.earliest, wakeAt.map({ earliest < $0 }) ?? true else { return }
        wakeAt = earliest
        effects.wake = earliest
    }

    /// Keeps the stored numbers ahead of the ones in use, in steps: a crash skips some and repeats none.
    private mutating func saveNumbers(into effects: inout Effects) {
        let isCovered = cluster.ids.nextJobNumber <= cluster.ids.reservedUpTo && cluster.revision <= reservedRevision
        guard !isStarted || !isCovered || isProofDue else { return }
        isStarted = true
        isProofDue = false
        cluster.ids.reservedUpTo = cluster.ids.nextJobNumber + 10_000
        reservedRevision = cluster.revision + 100_000
        let record = ClusterRecord(
            epoch: cluster.epoch,
            jobIDPrefix: cluster.ids.jobIDPrefix,
            nextJobNumber: cluster.ids.reservedUpTo,
            revision: reservedRevision,
            restoredAt: cluster.restoredAt
        )
        effects.persist.append(.put(.cluster(record)))
    }
}

/// Names in order of first insertion, each once.
struct OrderedNames: Equatable, Sendable {
    private var names: [ObjectName] = []
    private var members: Set<ObjectName> = []

    var isEmpty: Bool { names.isEmpty }

    mutating func insert(_ name: ObjectName) {
        if members.insert(name).inserted { names.append(name) }
    }

    mutating func take() -> [ObjectName] {
        defer {
            names.removeAll(keepingCapacity: true)
            members.removeAll(keepingCapacity: true)
        }
        return names
    }
}
