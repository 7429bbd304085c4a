import AtollCore
import AtollJobSet
import AtollModel
import AtollTestSupport

/// What most scenarios begin with: a JobSet `js` with one job of `a` and three of `b`, each of one pod that runs until
/// it is told to end. Child jobs are named without the JobSet: `b-2` is `js-b-2`.
struct Fixture {
    var cluster: ClusterFixture
    /// As it was applied last.
    private(set) var jobSet: JobSet

    /// Applies it.
    ///
    /// A failing pod fails its job as `BackoffLimitExceeded`; where a scenario speaks of another reason, this one
    /// stands for it, and rules that should not match name another.
    init(
        _ jobs: [ReplicatedJob] = [.example("a"), .example("b", replicas: 3)],
        hosts: [HostFacts] = [.example("h0")],
        exclusive: Bool = false,
        change: (inout JobSetSpec) -> Void = { _ in }
    ) throws(RestoreError) {
        cluster = try ClusterFixture(hosts: hosts)
        jobSet = .example("js", jobs, exclusive: exclusive, change: change)
        cluster.apply(jobSet)
    }

    /// Applies it again with a change.
    @discardableResult
    mutating func update(_ change: (inout JobSetSpec) -> Void) -> AdminReply.Body? {
        change(&jobSet.spec)
        return cluster.apply(jobSet)
    }

    // MARK: What happens to jobs

    /// All pods of a ReplicatedJob that should run do.
    mutating func ready(_ replicatedJob: String) {
        cluster.start(cluster.wanted.filter { $0.hasPrefix("js-\(replicatedJob)-") })
    }

    mutating func readyAll() { cluster.startAll() }

    /// One after the other, each in a turn of its own.
    mutating func complete(_ jobs: String...) {
        for job in jobs { for pod in pods(of: job) { cluster.end(pod) } }
    }

    mutating func completeAll() { for pod in cluster.wanted { cluster.end(pod) } }

    mutating func fail(_ job: String) { cluster.end("js-\(job)-0", code: 1) }

    /// Fails jobs within one turn, the first one first.
    mutating func failTogether(_ jobs: [String], completing others: [String] = []) {
        cluster.endTogether(jobs.map { "js-\($0)-0" }, code: 1, and: others.map { "js-\($0)-0" })
    }

    /// The pods of the former attempt end.
    mutating func oldPodsEnd() { cluster.endStopping() }

    /// Fails a job; the old pods end and all of the new ones run.
    mutating func failAndRestart(_ job: String) {
        fail(job)
        oldPodsEnd()
        readyAll()
    }

    /// As inputs, for turns in which several things happen.
    func inputs(failing job: String) -> [Input] { cluster.inputs(ending: "js-\(job)-0", .exited(code: 1)) }

    mutating func inputs(updating change: (inout JobSetSpec) -> Void) -> [Input] {
        change(&jobSet.spec)
        let ticket = AdminTicket(session: SessionID(0), request: 2)
        return [.admin(ticket, .apply([jobSet.application], dryRun: false))]
    }

    private func pods(of job: String) -> [String] { cluster.wanted.filter { $0.hasPrefix("js-\(job)-") } }

    // MARK: What can be seen

    var status: JobSetStatus { cluster.run()?.jobSet.status ?? JobSetStatus() }

    /// `status.restarts` and `status.restartsCountTowardsMax`.
    var counters: [Int32] { [status.restarts, status.restartsCountTowardsMax] }

    subscript(type: Condition.Kind) -> Condition? { status[type] }

    /// The counts of one ReplicatedJob.
    subscript(replicatedJob: String) -> ReplicatedJobStatus? {
        status.replicatedJobsStatus.first { $0.name == replicatedJob }
    }

    /// The counts that are not zero: `a: active 1 ready 1, b: suspended 3`.
    var counts: String {
        status.replicatedJobsStatus.map { job in
            let named = [
                ("active", job.active), ("failed", job.failed), ("ready", job.ready), ("succeeded", job.succeeded),
                ("suspended", job.suspended),
            ]
            let words = named.filter { $0.1 != 0 }.map { "\($0.0) \($0.1)" }
            return "\(job.name): \(words.isEmpty ? "none" : words.joined(separator: " "))"
        }
        .joined(separator: ", ")
    }

    func job(_ name: String) -> JobIncarnation? { cluster.job("js-\(name)") }

    /// Names of the child jobs that exist, in spec order.
    var jobs: [String] { existing.map(\.name) }

    /// Restart attempts of the child jobs that exist, in spec order.
    var attempts: [Int32] { existing.map(\.job.restartAttempt) }

    var suspendedJobs: [String] { existing.filter(\.job.isSuspended).map(\.name) }

    private var existing: [(name: String, job: JobIncarnation)] {
        guard let run = cluster.run() else { return [] }
        return run.positions.compactMap { position in
            run[position].current.map { (String(run.jobName(position).dropFirst("js-".count)), $0) }
        }
    }

    var eventReasons: [String] { cluster.run()?.events.map(\.reason) ?? [] }

    /// What agents were told of the jobs they start, oldest first.
    var launches: [JobLaunch] { cluster.assignments.flatMap(\.assignment.launches) }

    /// What the agents were told last of one job.
    func launch(_ job: String) -> JobLaunch? { launches.last { $0.jobName == "js-\(job)" } }
}
