import AtollCore
import AtollJobSet
import AtollModel

/// Watches whether the promises are kept: from the simulated process tables, the durable records, and what operators
/// were told; never from what the cores believe.
struct Checker {
    /// The first promise that was broken.
    private(set) var violation: Violation?
    var processes = ProcessTable()
    var claims = ClaimTable()
    /// Of each JobSet, as they were last made durable.
    var placements: [ObjectName: Placement] = [:]
    /// Highest epoch that ever reached a host, whatever its agent made of it.
    private var highestEpochs: [Int: Epoch] = [:]
    /// Hosts whose name a twin of theirs had for a while.
    private(set) var robbedHosts: Set<Int> = []
    /// Which coordinator process announced an epoch first.
    private var announcers: [Epoch: Int] = [:]
    /// The epoch of the assignment that is being handled now.
    private var assignedEpoch: Epoch?
    /// What the last coordinator knew when it went down with everything durable.
    private var remembered: DurableView?

    mutating func broken(_ promise: Violation.Promise, at nanoseconds: Int64, _ evidence: String) {
        guard violation == nil else { return }
        violation = Violation(promise: promise, at: .nanoseconds(nanoseconds), evidence: evidence)
    }

    // MARK: Epochs

    mutating func welcomed(_ epoch: Epoch, host: Int, process: Int, at now: Int64) {
        if let other = announcers[epoch], other != process {
            broken(.epochsGrow, at: now, "epoch \(epoch) is announced by coordinators \(other) and \(process)")
        }
        announcers[epoch] = process
        see(epoch, host: host)
    }

    /// The coordinator took a twin for the host.
    mutating func nameTaken(from host: Int) { robbedHosts.insert(host) }

    mutating func assigned(_ epoch: Epoch, host: Int) {
        see(epoch, host: host)
        assignedEpoch = epoch
    }

    mutating func assignmentHandled() { assignedEpoch = nil }

    private mutating func see(_ epoch: Epoch, host: Int) {
        highestEpochs[host] = max(highestEpochs[host] ?? Epoch(0), epoch)
    }

    /// An agent died before an epoch that had reached it was on disk: nothing was done under it.
    mutating func forgetEpochs(aboveThatOnDisk epoch: Epoch, host: Int) { highestEpochs[host] = epoch }

    /// I3: the epoch that something is commanded under is no lower than any that has reached the host.
    ///
    /// - Parameter held: the epoch to go by when no assignment is being handled; nil for none.
    mutating func checkEpoch(ofCommandOn host: Int, held: Epoch? = nil, _ what: String, at now: Int64) {
        guard let epoch = assignedEpoch ?? held, let highest = highestEpochs[host], epoch < highest else { return }
        broken(.fenced, at: now, "\(what) on host \(host) for epoch \(epoch), where \(highest) has been seen")
    }

    // MARK: Coordinators

    mutating func remember(_ core: CoordinatorCore?, at now: Int64) { remembered = core.map(DurableView.init) }

    mutating func restored(_ core: CoordinatorCore, store: SimStore, people: SimOperator, at now: Int64) {
        if let remembered {
            let restored = DurableView(core)
            if let difference = remembered.difference(to: restored) { broken(.restoresEqual, at: now, difference) }
        }
        remembered = nil
        for known in people.jobSets where known.isAccepted { checkKept(known, store: store, at: now) }
    }

    mutating func accepted(_ name: ObjectName, store: SimStore, people: SimOperator, at now: Int64) {
        if let known = people[name] { checkKept(known, store: store, at: now) }
    }

    /// I6: what was told to be accepted is on disk, unless somebody asked for its end.
    private mutating func checkKept(_ known: SimOperator.KnownJobSet, store: SimStore, at now: Int64) {
        let name = known.jobSet.metadata.name
        guard store.jobSets[name] == nil, !known.isDeleteAsked, known.jobSet.spec.ttlSecondsAfterFinished == nil else {
            return
        }
        broken(.nothingLost, at: now, "\(name) was accepted, was not deleted, and is not in the store")
    }
}
