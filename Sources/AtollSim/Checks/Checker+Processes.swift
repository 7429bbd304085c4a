import AtollCore
import AtollJobSet
import AtollModel

/// Looked at whenever a process starts, ends or is told to end: between those, the tables do not change.
extension Checker {
    mutating func processStarted(_ plan: PodPlan, host: Int, heldEpoch: Epoch, in world: SimWorld) {
        let now = world.now
        let wasStarted = processes.hasStarted(plan.pod.id)
        let devices = world.devices(at: plan.pod.devices, of: host)
        let process = processes.add(plan, host: host, devices: devices)
        let what = "pod \(process.id) of \(process.jobName)"
        if wasStarted { broken(.startedOnce, at: now, "\(what) is started a second time, on host \(host)") }
        checkEpoch(ofCommandOn: host, held: heldEpoch, "starting \(what)", at: now)
        checkDevices(of: process, at: now)
        checkAttempts(of: process, in: world)
        checkExclusive(process, in: world)
        checkDurable(process, store: world.store, at: now)
        checkOrder(of: process, in: world)
    }

    /// A container of a pod starts. All pods of a JobSet that restarts in place work at one attempt: while any of them,
    /// but for what is left behind or on its way out, works at another, none starts.
    mutating func containersRun(of pod: PodID, on host: Int, attempt: UInt32?, in world: SimWorld) {
        guard let process = processes.run(pod, on: host, at: attempt), let attempt, !process.isGoing else { return }
        for other in processes.live where other.uid == process.uid && other.attempt == process.attempt {
            guard let working = other.workingAt, working != attempt, !other.isGoing else { continue }
            let evidence = "\(process.id) starts attempt \(attempt) in place while \(other.id) works at \(working)"
            broken(.together, at: world.now, evidence)
        }
    }

    mutating func processEnded(_ pod: PodID, cause: PodExit.Cause, host: Int) {
        processes.remove(pod, cause: cause, host: host)
    }

    /// A device is used by one pod at most.
    private mutating func checkDevices(of process: ProcessTable.Process, at now: Int64) {
        for other in processes.live where other.host == process.host && other.id != process.id {
            guard let device = other.devices.first(where: process.devices.contains) else { continue }
            broken(
                .capacity,
                at: now,
                "device \(device) of host \(process.host) is used by \(other.id) and \(process.id)"
            )
        }
    }

    /// I3: one attempt of a job at a time; under `BlockingRecreate`, of the whole JobSet. What is left of an older one on
    /// a lost host, or starts there late by an order that was held up, counts on its own island only.
    private mutating func checkAttempts(of process: ProcessTable.Process, in world: SimWorld) {
        let policy = world.people[process.jobSet]?.jobSet.spec.failurePolicy
        for other in processes.live
        where other.uid == process.uid && other.id.job != process.id.job
            && (world.sharesPlace(process, other) || !other.isAbandoned && !process.isAbandoned)
        {
            if other.jobName == process.jobName {
                broken(
                    .fenced,
                    at: world.now,
                    "\(process.id) of \(process.jobName) starts while \(other.id) of it runs"
                )
            }
            if policy?.restartStrategy == .blockingRecreate, other.attempt != process.attempt {
                let evidence =
                    "\(process.jobName) starts attempt \(process.attempt) while \(other.jobName) runs \(other.attempt)"
                broken(.fenced, at: world.now, evidence)
            }
        }
    }

    /// I1: on an island that a child job has for itself, no process of another job.
    private mutating func checkExclusive(_ process: ProcessTable.Process, in world: SimWorld) {
        let island = world.shape.island(ofHost: process.host)
        for other in processes.live
        where world.shape.island(ofHost: other.host) == island && !process.isSameJob(as: other) {
            guard world.people.isExclusive(process) || world.people.isExclusive(other) else { continue }
            let evidence =
                "\(process.jobName) starts on host \(process.host) beside \(other.jobName) on host \(other.host), island \(island)"
            broken(.exclusive, at: world.now, evidence)
        }
    }

    /// I2: what starts has its place on disk, with all the pods of its job.
    private mutating func checkDurable(_ process: ProcessTable.Process, store: SimStore, at now: Int64) {
        let record = store.jobSets[process.jobSet]
        let job = store.jobs[ObjectName(namespace: process.jobSet.namespace, name: process.jobName)]
        let isKnown = ([job?.run.current].compactMap(\.self) + (job?.run.previous ?? [])).contains {
            $0.id == process.id.job
        }
        // A lost host may start late what its job has left behind.
        let isPlaced = record?.placement != nil || !store.placesLeft(by: process.jobSet).isEmpty
        guard record?.uid == process.uid, isPlaced, isKnown else {
            return broken(.gang, at: now, "\(process.id) of \(process.jobName) starts before its placement is durable")
        }
    }

    /// I7: nobody stops a pod but for a reason that a person gave, or a failure.
    mutating func stopAsked(_ pod: PodID, on host: Int, in world: SimWorld) {
        guard let process = processes.live.first(where: { $0.id == pod }), let known = world.people[process.jobSet]
        else { return }
        processes.stopAsked(pod, on: host)
        let what = "pod \(process.id) of \(process.jobName)"
        checkEpoch(ofCommandOn: host, "stopping \(what)", at: world.now)
        if world.hasLostDevice(process) { processes.noteFailure(of: process.uid) }
        if known.isDeleteAsked || known.wasSuspendAsked || processes.hasFailure(process.uid) { return }
        let hosts = world.store.hosts(of: process.jobSet)
        if world.people.drained.contains(where: hosts.contains) { return }
        if known.jobSet.spec.endsPodsEarly { return }
        if processes.everLost.contains(where: { hosts.contains(world.shape.name(ofHost: $0)) }) { return }
        guard let record = world.store.jobSets[process.jobSet], record.status.terminalState.isEmpty else { return }
        broken(.undisturbed, at: world.now, "\(what) on host \(host) is stopped for no reason")
    }
}

extension ProcessTable.Process {
    fileprivate func isSameJob(as other: ProcessTable.Process) -> Bool { uid == other.uid && jobName == other.jobName }
}

extension SimOperator {
    fileprivate func isExclusive(_ process: ProcessTable.Process) -> Bool {
        guard let jobSet = self[process.jobSet]?.jobSet else { return false }
        return jobSet.spec.replicatedJobs.contains { $0.name == process.replicatedJob && jobSet.isExclusive($0) }
    }
}

extension SimWorld {
    /// True when one is where the other is: on the same island for a job that has it for itself, else on the same host.
    fileprivate func sharesPlace(_ one: ProcessTable.Process, _ other: ProcessTable.Process) -> Bool {
        guard people.isExclusive(one) else { return one.host == other.host }
        return shape.island(ofHost: one.host) == shape.island(ofHost: other.host)
    }
}

extension JobSetSpec {
    /// True when time or the success of others may stop a pod.
    fileprivate var endsPodsEarly: Bool {
        activeDeadlineSeconds != nil
            || replicatedJobs.map(\.template).contains {
                $0.activeDeadlineSeconds != nil || $0.pod.activeDeadlineSeconds != nil || $0.successPolicy != nil
            }
    }
}
