import AtollJobSet
import AtollModel

/// The pods' processes of all hosts, and what came of those that have ended.
struct ProcessTable {
    struct Process {
        let id: PodID
        let host: Int
        let hostName: HostID
        let jobSet: ObjectName
        let uid: ObjectUID
        let jobName: String
        let replicatedJob: String
        let jobIndex: UInt32
        /// The JobSet's restarts when its job was created, as the pod itself is told.
        let attempt: String
        /// PCI addresses.
        let devices: [String]
        let claims: [ObjectUID]
        /// The attempt that its containers work at in place; nil while none runs, or where nothing restarts in place.
        var workingAt: UInt32?
        var isStopAsked = false
        /// Its host was given up on: its job may have moved on without it.
        var isAbandoned = false

        /// Nobody reckons with it any more.
        var isGoing: Bool { isStopAsked || isAbandoned }
    }

    /// A child job within one attempt of its JobSet.
    struct JobKey: Hashable {
        let uid: ObjectUID
        let attempt: String
        let replicatedJob: String
        let index: UInt32
    }

    private(set) var live: [Process] = []
    private(set) var startCount = 0
    private var everStarted: Set<PodID> = []
    private var ranIndexes: [JobKey: Set<UInt32>] = [:]
    private var succeededIndexes: [JobKey: Set<UInt32>] = [:]
    private var failed: Set<ObjectUID> = []
    private var jobSets: [JobID: ObjectUID] = [:]

    func hasStarted(_ pod: PodID) -> Bool { everStarted.contains(pod) }

    /// True once a pod of this JobSet has ended other than well, for whatever reason.
    func hasFailure(_ uid: ObjectUID) -> Bool { failed.contains(uid) }

    /// Of a failure that the process table does not show: a pod whose record is gone counts as lost.
    mutating func noteFailure(of uid: ObjectUID) { failed.insert(uid) }

    /// An agent has been told what a job is.
    mutating func note(_ launch: JobLaunch) { jobSets[launch.job] = launch.jobSetUID }

    mutating func noteFailure(ofJob job: JobID) {
        if let jobSet = jobSets[job] { noteFailure(of: jobSet) }
    }

    /// How many different indexes of a job have run, and have succeeded, in one attempt.
    func ran(_ key: JobKey) -> Int { ranIndexes[key]?.count ?? 0 }
    func succeeded(_ key: JobKey) -> Int { succeededIndexes[key]?.count ?? 0 }

    /// Hosts that were ever given up on, and those that are now.
    private(set) var everLost: Set<Int> = []
    private var lost: Set<Int> = []

    mutating func abandon(host: Int) {
        everLost.insert(host)
        lost.insert(host)
        for index in live.indices where live[index].host == host {
            live[index].isAbandoned = true
        }
    }

    mutating func isBack(host: Int) { lost.remove(host) }

    mutating func add(_ plan: PodPlan, host: Int, devices: [String]) -> Process {
        let process = Process(
            id: plan.pod.id,
            host: host,
            hostName: plan.host,
            jobSet: plan.launch.jobSet,
            uid: plan.launch.jobSetUID,
            jobName: plan.launch.jobName,
            replicatedJob: plan.launch.replicatedJob,
            jobIndex: plan.launch.jobIndex,
            attempt: plan.launch.labels[JobSetKeys.restartAttempt] ?? "",
            devices: devices,
            claims: plan.claims.map(\.uid),
            isAbandoned: lost.contains(host)
        )
        live.append(process)
        everStarted.insert(plan.pod.id)
        startCount += 1
        return process
    }

    /// Returns the process as it is now; nil for one that nobody has started.
    mutating func run(_ pod: PodID, on host: Int, at attempt: UInt32?) -> Process? {
        guard let index = live.firstIndex(where: { $0.id == pod && $0.host == host }) else { return nil }
        live[index].workingAt = attempt
        ranIndexes[live[index].key, default: []].insert(pod.index)
        return live[index]
    }

    mutating func containersEnd(of pod: PodID, on host: Int) {
        guard let index = live.firstIndex(where: { $0.id == pod && $0.host == host }) else { return }
        live[index].workingAt = nil
    }

    mutating func stopAsked(_ pod: PodID, on host: Int) {
        guard let index = live.firstIndex(where: { $0.id == pod && $0.host == host }) else { return }
        live[index].isStopAsked = true
    }

    mutating func remove(_ pod: PodID, cause: PodExit.Cause, host: Int) {
        guard let index = live.firstIndex(where: { $0.id == pod && $0.host == host }) else { return }
        let process = live.remove(at: index)
        if cause == .exited(code: 0) {
            succeededIndexes[process.key, default: []].insert(pod.index)
        } else {
            failed.insert(process.uid)
        }
    }
}

extension ProcessTable.Process {
    var key: ProcessTable.JobKey {
        ProcessTable.JobKey(uid: uid, attempt: attempt, replicatedJob: replicatedJob, index: jobIndex)
    }
}
