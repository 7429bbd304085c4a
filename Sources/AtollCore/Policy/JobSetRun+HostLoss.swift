import AtollJobSet
import AtollModel

/// Pods whose host is lost, or a device of theirs. A pod can only be replaced where it was, so its job has lost one of
/// its places: it fails at once, however many failures `backoffLimit` allows, unless its `podFailurePolicy` ignores
/// disruptions.
extension JobSetRun {
    /// Takes note that a pod's host is lost. Returns whether the pod changed.
    mutating func podUnreachable(_ pod: PodID, _ why: String, in cluster: inout Cluster, at now: Instant) -> Bool {
        let exit = PodExit(cause: .lost, at: now.wall, message: "HostLost: \(why)")
        guard let position = cluster.owners[pod.job]?.position, self[position].current?.id == pod.job,
            self[position].current?.lose(pod, exit) == true
        else { return false }
        note(.warning, "HostLost", why, at: now.wall)
        unsaved.jobs.append(position)
        placeLost(ofPod: Int(pod.index), exit, at: position, in: &cluster, at: now)
        return true
    }

    /// Decides what becomes of a job one of whose pods has lost its place, with its host or with a device.
    mutating func placeLost(
        ofPod index: Int,
        _ exit: PodExit,
        at position: JobPosition,
        in cluster: inout Cluster,
        at now: Instant
    ) {
        guard var job = self[position].current, job.isActive, !isFinished, !isDeleting else { return }
        let template = template(at: position)
        unsaved.jobs.append(position)
        let action = template.podFailurePolicy?.firstMatch(exit)?.action
        switch action {
        // Where all pods restart in place with the ones that come instead, those are counted as an attempt.
        case .count where restartsInPlace, nil where restartsInPlace, .ignore:
            // Counted nowhere. Like a job that somebody deleted, it starts anew, on another island.
            retire(position, in: &cluster)
        case .failIndex, .failJob:
            let cause = job.podFailed(index, exit, under: template, named: podName(index, at: position))
            // If the host comes back with it, nobody wants it any more.
            if job.pods[index].hasFailedForGood { stopPod(index, of: &job, at: position, in: &cluster) }
            self[position].current = job
            if let cause { fail(position, cause, in: &cluster, at: now) }
        case .count, nil:
            self[position].current?.failures += 1
            // The one reason of the Job controller that rules can be expected to name.
            let cause = JobFailure.Cause(reason: .backoffLimitExceeded, message: exit.message)
            fail(position, cause, in: &cluster, at: now)
        }
    }

    /// `<namespace>/<name>`.
    func podName(_ index: Int, at position: JobPosition) -> String {
        "\(name.namespace)/\(JobSetNames.podHostname(job: jobName(position), podIndex: index))"
    }
}

extension JobIncarnation {
    /// Returns whether the pod was thought to run.
    fileprivate mutating func lose(_ pod: PodID, _ exit: PodExit) -> Bool {
        let index = Int(pod.index)
        guard index < pods.count, pods[index].replacement == pod.replacement else { return false }
        switch pods[index].phase {
        case .assigned, .running: pods[index].phase = .unreachable(exit)
        case .idle, .stopping, .unreachable, .ended: return false
        }
        return true
    }
}
