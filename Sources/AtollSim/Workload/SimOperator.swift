import AtollCore
import AtollJobSet
import AtollModel
import AtollYAML

/// The people who apply, change, suspend, delete, cordon, drain and fence, and what they were told: the only record of
/// promises that the checkers trust.
struct SimOperator {
    struct KnownJobSet {
        /// As submitted last, accepted or not; its shape never changes.
        var jobSet: JobSet
        let fit: Fit
        /// Told to be accepted, at least once.
        var isAccepted = false
        /// Asked for, whether or not anybody was there to hear it.
        var isDeleteAsked = false
        /// Suspended at some time, so that pods may have been stopped for it.
        var wasSuspendAsked: Bool
    }

    private(set) var jobSets: [KnownJobSet] = []
    private var numbers: [ObjectName: Int] = [:]
    private var requests: [UInt64: Int] = [:]
    /// Changes of a shape, to be refused, that have no answer yet.
    private var shapeRequests: [UInt64: Int] = [:]
    /// Orders about hosts that have no answer yet.
    private var cordonRequests: [UInt64: HostID] = [:]
    private var uncordonRequests: [UInt64: HostID] = [:]
    /// Told to be kept free of anything new, and not given back since.
    private(set) var cordoned: Set<HostID> = []
    /// Asked to be left, whether or not anybody heard it.
    private(set) var drained: Set<HostID> = []
    /// Asked to be fenced, whether or not anybody heard it.
    private(set) var fenced: Set<HostID> = []
    /// Claims that somebody has asked to delete.
    private(set) var claimsGivenUp: Set<ObjectName> = []
    private var nextRequest: UInt64 = 1
    private let generator: WorkloadGenerator
    private var chance: Chance
    private var policyChance: Chance
    private var claimChance: Chance

    /// Where answers to operators go: no agent's connection has this number.
    static let session = SessionID(0)

    init(generator: WorkloadGenerator, chance: Chance, policyChance: Chance, claimChance: Chance) {
        self.generator = generator
        self.chance = chance
        self.policyChance = policyChance
        self.claimChance = claimChance
    }

    subscript(name: ObjectName) -> KnownJobSet? { numbers[name].map { jobSets[$0] } }

    /// Something to ask of the coordinator.
    ///
    /// - Parameter lostHosts: which of them are lost, as people are shown; whoever fences one looks after it first.
    mutating func act(lostHosts: [HostID]) -> (AdminTicket, AdminInput) {
        let number = jobSets.isEmpty ? 0 : chance.int(0...jobSets.count - 1)
        let isFencing = chance.percent(40)
        if isFencing, !lostHosts.isEmpty { return fence(chance.one(of: lostHosts)) }
        switch jobSets.isEmpty ? 0 : chance.int(0...12) {
        case 0...4: return applyNew()
        case 5...6: return delete(number)
        case 7: return apply(number)
        case 8: return applyOtherTimeToLive(number)
        case 9: return applyOtherShape(number)
        case 10: return tryNew()
        default: return toggleSuspend(number)
        }
    }

    mutating func fence(_ host: HostID) -> (AdminTicket, AdminInput) {
        fenced.insert(host)
        return (ticket(for: nil), .host(host, HostOrder(.fence, reason: "switched off")))
    }

    /// Somebody needs the room that an old claim takes.
    mutating func deleteClaim() -> (AdminTicket, AdminInput)? {
        let claims = jobSets.map(\.jobSet).flatMap { jobSet in
            jobSet.spec.volumeClaimPolicies.flatMap(\.templates).map { jobSet.claimName($0) }
        }
        guard !claims.isEmpty else { return nil }
        let claim = claimChance.one(of: claims)
        claimsGivenUp.insert(claim)
        return (ticket(for: nil), .deleteVolumeClaim(claim))
    }

    /// The JobSet that a claim is made with, and what becomes of it after that; nil for an unknown one.
    func claimTemplate(of claim: ObjectName) -> (ObjectName, VolumeClaimPolicy.Retention)? {
        for jobSet in jobSets.map(\.jobSet) {
            for policy in jobSet.spec.volumeClaimPolicies
            where policy.templates.contains(where: { jobSet.claimName($0) == claim }) {
                return (jobSet.metadata.name, policy.whenDeleted)
            }
        }
        return nil
    }

    /// Somebody takes a host out of use, or gives one back.
    mutating func cordonOrUncordon(_ chance: inout Chance) -> (AdminTicket, AdminInput) {
        let host = generator.shape.name(ofHost: chance.int(0...generator.shape.hostCount - 1))
        if chance.percent(40) { return uncordon(host) }
        let verb = chance.one(of: [HostOrder.Verb.cordon, .drain])
        if verb == .drain { drained.insert(host) }
        let ticket = ticket(for: nil)
        // Orders may overtake each other: what was given back by an order without answer may be given back later.
        if !uncordonRequests.values.contains(host) { cordonRequests[ticket.request] = host }
        return (ticket, .host(host, HostOrder(verb, reason: "maintenance")))
    }

    mutating func uncordon(_ host: HostID) -> (AdminTicket, AdminInput) {
        cordoned.remove(host)
        // An answer that is still on its way says nothing any more.
        cordonRequests = cordonRequests.filter { $0.value != host }
        let ticket = ticket(for: nil)
        uncordonRequests[ticket.request] = host
        return (ticket, .host(host, HostOrder(.uncordon)))
    }

    /// What must still be asked so that everything can come to its end; nil when nothing must.
    mutating func resumeNext(isSuspended: (ObjectName) -> Bool) -> (AdminTicket, AdminInput)? {
        let number = jobSets.indices.first {
            jobSets[$0].wasSuspendAsked && isSuspended(jobSets[$0].jobSet.metadata.name)
        }
        guard let number else { return nil }
        jobSets[number].jobSet.spec.suspend = false
        return apply(number)
    }

    /// Takes note of an answer; returns the JobSet that it promises to keep.
    mutating func heard(_ body: AdminReply.Body, to ticket: AdminTicket) -> ObjectName? {
        uncordonRequests[ticket.request] = nil
        shapeRequests[ticket.request] = nil
        if let host = cordonRequests.removeValue(forKey: ticket.request), body == .done { cordoned.insert(host) }
        guard let number = requests.removeValue(forKey: ticket.request), case .applied = body else { return nil }
        jobSets[number].isAccepted = true
        return jobSets[number].jobSet.metadata.name
    }

    private mutating func applyNew() -> (AdminTicket, AdminInput) {
        let jobSet = newJobSet()
        numbers[jobSet.metadata.name] = jobSets.count
        jobSets.append(
            KnownJobSet(
                jobSet: jobSet,
                fit: Fit.of(jobSet, on: generator.shape, limits: generator.limits),
                wasSuspendAsked: jobSet.spec.suspend
            )
        )
        return apply(jobSets.count - 1)
    }

    private mutating func newJobSet() -> JobSet {
        var jobSet = generator.jobSet(named: "js\(jobSets.count)", &chance)
        generator.addPolicies(to: &jobSet.spec, &policyChance)
        generator.addClaims(to: &jobSet.spec, &claimChance)
        return jobSet
    }

    /// A dry run promises nothing and leaves nothing behind: its name is known to nobody.
    private mutating func tryNew() -> (AdminTicket, AdminInput) {
        (ticket(for: nil), .apply([application(of: newJobSet())], dryRun: true))
    }

    /// A change that a live JobSet allows.
    private mutating func applyOtherTimeToLive(_ number: Int) -> (AdminTicket, AdminInput) {
        let isMortal = jobSets[number].jobSet.spec.ttlSecondsAfterFinished != nil
        // One that may go by itself may always: it is not looked for any more.
        if isMortal { jobSets[number].jobSet.spec.ttlSecondsAfterFinished = Int32(chance.int(0...9)) }
        return apply(number)
    }

    /// A change that is refused as long as the JobSet lives, so that people still want what they wanted.
    private mutating func applyOtherShape(_ number: Int) -> (AdminTicket, AdminInput) {
        let known = jobSets[number]
        var jobSet = known.jobSet
        let isThere = known.isAccepted && !known.isDeleteAsked && jobSet.spec.ttlSecondsAfterFinished == nil
        guard isThere else { return apply(number) }
        jobSet.spec.replicatedJobs[0].replicas += 1
        let ticket = ticket(for: nil)
        shapeRequests[ticket.request] = number
        return (ticket, .apply([application(of: jobSet)], dryRun: false))
    }

    private func application(of jobSet: JobSet) -> JobSetApplication {
        JobSetApplication(jobSet: jobSet, manifest: jobSet.node.jsonText())
    }

    private mutating func apply(_ number: Int) -> (AdminTicket, AdminInput) {
        (ticket(for: number), .apply([application(of: jobSets[number].jobSet)], dryRun: false))
    }

    private mutating func delete(_ number: Int) -> (AdminTicket, AdminInput) {
        // Orders may overtake each other: after the deletion the other shape would be a new JobSet's.
        if shapeRequests.values.contains(number) { return apply(number) }
        jobSets[number].isDeleteAsked = true
        return (ticket(for: number), .deleteJobSet(jobSets[number].jobSet.metadata.name))
    }

    private mutating func toggleSuspend(_ number: Int) -> (AdminTicket, AdminInput) {
        jobSets[number].jobSet.spec.suspend.toggle()
        jobSets[number].wasSuspendAsked = true
        return apply(number)
    }

    /// - Parameter number: of the JobSet that an answer says something about; nil for none.
    private mutating func ticket(for number: Int?) -> AdminTicket {
        defer { nextRequest += 1 }
        requests[nextRequest] = number
        return AdminTicket(session: Self.session, request: nextRequest)
    }
}
