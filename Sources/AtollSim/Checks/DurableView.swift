import AtollCore
import AtollJobSet
import AtollModel

/// What a coordinator must know again after a restart.
struct DurableView: Equatable {
    private struct JobSetView: Equatable {
        var name: ObjectName
        var spec: JobSetSpec
        var metadata: ObjectMetadata
        var sequence: UInt64
        var placement: Placement?
        var conditions: [Condition]
        var restarts: Int32
        var countedRestarts: Int32
        var terminalState: String
        var startTime: Timestamp?
        var events: [JobSetEvent]
        var jobs: [[JobView]]
    }

    private struct JobView: Equatable {
        var current: IncarnationView?
        var previous: [IncarnationView]
    }

    private struct IncarnationView: Equatable {
        var id: JobID
        var attempts: [Int32]
        var outcome: JobIncarnation.Outcome?
        var failures: Int32
        var isSuspended: Bool
        var begunAt: Timestamp?
        var seats: [Seat]
        var island: IslandID?
        var pods: [PodView]
    }

    private struct PodView: Equatable {
        var replacement: UInt32
        var seat: Int?
        var phase: PodRun.Phase
        var indexFailures: IndexFailures?
        var begunAt: Timestamp?
        var isOverdue: Bool?
    }

    private struct HostView: Equatable {
        var host: HostID
        var seatCount: Int
        var freeDevices: [UInt32]
    }

    private var jobSets: [JobSetView]
    private var hosts: [HostView]
    private var claimCount: Int
    private var volumeClaims: [VolumeClaim]

    init(_ core: CoordinatorCore) {
        jobSets = core.jobSetRuns.map(Self.view)
        // A host that said hello and nothing about itself is not on disk.
        hosts = core.cluster.inventory.hosts.filter { !$0.facts.agentVersion.isEmpty }
            .sorted { $0.id < $1.id }
            .map { HostView(host: $0.id, seatCount: $0.seatCount, freeDevices: $0.freeDevices) }
        claimCount = core.cluster.claims.count
        volumeClaims = core.cluster.volumeClaims.all
    }

    /// What differs, in words; nil when nothing does.
    func difference(to other: DurableView) -> String? {
        guard self != other else { return nil }
        for (before, after) in zip(jobSets, other.jobSets) where before != after {
            return "before the restart: \(before); after it: \(after)"
        }
        return "before the restart: \(self); after it: \(other)"
    }

    private static func view(_ run: JobSetRun) -> JobSetView {
        var metadata = run.jobSet.metadata
        // Also counts changes of what is reckoned from the pods, which are not written.
        metadata.resourceVersion = 0
        return JobSetView(
            name: run.name,
            spec: run.spec,
            metadata: metadata,
            sequence: run.sequence,
            placement: run.placement,
            conditions: run.jobSet.status.conditions,
            restarts: run.jobSet.status.restarts,
            countedRestarts: run.jobSet.status.restartsCountTowardsMax,
            terminalState: run.jobSet.status.terminalState,
            startTime: run.jobSet.status.startTime,
            events: run.events,
            jobs: run.jobs.map { $0.map { JobView(current: $0.current.map(view), previous: $0.previous.map(view)) } }
        )
    }

    private static func view(_ job: JobIncarnation) -> IncarnationView {
        IncarnationView(
            id: job.id,
            attempts: [job.restartAttempt, job.jobRestartAttempt],
            outcome: job.outcome,
            failures: job.failures,
            isSuspended: job.isSuspended,
            begunAt: job.activity?.begunAt,
            seats: job.seats,
            island: job.island,
            pods: job.pods.map(view)
        )
    }

    private static func view(_ pod: PodRun) -> PodView {
        PodView(
            replacement: pod.replacement,
            seat: pod.seat,
            phase: durable(pod.phase),
            indexFailures: pod.indexFailures,
            begunAt: pod.activity?.countdown.begunAt,
            isOverdue: pod.activity?.isOverdue
        )
    }

    /// Whether a pod runs is asked anew of its agent.
    private static func durable(_ phase: PodRun.Phase) -> PodRun.Phase {
        if case .running = phase { .assigned } else { phase }
    }
}
