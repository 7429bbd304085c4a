import AtollCore
import AtollJobSet
import AtollModel
import AtollYAML

/// The people who apply and delete, and what they were told: the only record of promises that the checkers trust.
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
    private var nextRequest: UInt64 = 1
    private let generator: WorkloadGenerator
    private var chance: Chance

    /// Where answers to operators go: no agent's connection has this number.
    static let session = SessionID(0)

    init(generator: WorkloadGenerator, chance: Chance) {
        self.generator = generator
        self.chance = chance
    }

    subscript(name: ObjectName) -> KnownJobSet? { numbers[name].map { jobSets[$0] } }

    /// Something to ask of the coordinator.
    mutating func act() -> (AdminTicket, AdminInput) {
        let number = jobSets.isEmpty ? 0 : chance.int(0...jobSets.count - 1)
        switch jobSets.isEmpty ? 0 : chance.int(0...9) {
        case 0...4: return applyNew()
        case 5...6: return delete(number)
        case 7: return apply(number)
        default: return toggleSuspend(number)
        }
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
        guard let number = requests.removeValue(forKey: ticket.request), case .applied = body else { return nil }
        jobSets[number].isAccepted = true
        return jobSets[number].jobSet.metadata.name
    }

    private mutating func applyNew() -> (AdminTicket, AdminInput) {
        let jobSet = generator.jobSet(named: "js\(jobSets.count)", &chance)
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

    private mutating func apply(_ number: Int) -> (AdminTicket, AdminInput) {
        let jobSet = jobSets[number].jobSet
        let application = JobSetApplication(jobSet: jobSet, manifest: jobSet.node.jsonText())
        return (ticket(for: number), .apply([application], dryRun: false))
    }

    private mutating func delete(_ number: Int) -> (AdminTicket, AdminInput) {
        jobSets[number].isDeleteAsked = true
        return (ticket(for: number), .deleteJobSet(jobSets[number].jobSet.metadata.name))
    }

    private mutating func toggleSuspend(_ number: Int) -> (AdminTicket, AdminInput) {
        jobSets[number].jobSet.spec.suspend.toggle()
        jobSets[number].wasSuspendAsked = true
        return apply(number)
    }

    private mutating func ticket(for number: Int) -> AdminTicket {
        defer { nextRequest += 1 }
        requests[nextRequest] = number
        return AdminTicket(session: Self.session, request: nextRequest)
    }
}
