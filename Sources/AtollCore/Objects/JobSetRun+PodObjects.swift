import AtollJobSet
import AtollModel
import AtollYAML

extension JobSetRun {
    /// Pods of the present incarnations, and of the last one where a job has none now.
    ///
    /// - Parameter isWhole: with all of the template; else with what Atoll adds to it.
    func podObjects(whole isWhole: Bool, in cluster: Cluster) -> [YAMLNode] {
        jobs.indices.flatMap { number in
            // One for all, as there may be thousands.
            let template = isWhole ? spec.replicatedJobs[number].template.pod.spec : .map([])
            return jobs[number].indices.flatMap { index -> [YAMLNode] in
                let position = JobPosition(replicatedJob: number, index: index)
                guard let job = self[position].current ?? self[position].previous.last else { return [] }
                return job.pods.indices.map { podObject(of: job, index: $0, at: position, spec: template, in: cluster) }
            }
        }
    }

    private func podObject(
        of job: JobIncarnation,
        index: Int,
        at position: JobPosition,
        spec podSpec: YAMLNode,
        in cluster: Cluster
    ) -> YAMLNode {
        let pod = job.pods[index]
        let hostname = JobSetNames.podHostname(job: jobName(position), podIndex: index)
        let seat = job.seat(ofPod: index)
        let template = spec.replicatedJobs[position.replicatedJob].template.pod
        var own = labels(of: job, at: position)
        own[JobSetKeys.jobCompletionIndex] = String(index)
        var annotations = template.annotations.merging(own).merging(annotations(of: job, at: position))
        annotations[JobSetKeys.inPlaceRestartAttempt] = pod.attempt.map { String($0) }
        return .map([
            ("apiVersion", .string("v1")), ("kind", .string("Pod")),
            (
                "metadata",
                .map([
                    ("name", .string(hostname)), ("namespace", .string(name.namespace)),
                    ("uid", .string("\(job.podID(index))")),
                    ("creationTimestamp", .time(job.createdAt)), ("labels", .labels(template.labels.merging(own))),
                    ("annotations", .labels(annotations)),
                ])
            ),
            (
                "spec",
                podSpec.setting([
                    ("nodeName", seat.map { .string($0.host.name) }),
                    ("devices", seat.flatMap { $0.devices.isEmpty ? nil : .list($0.devices.map { .int($0) }) }),
                    ("hostname", .string(hostname)), ("subdomain", subdomain.isEmpty ? nil : .string(subdomain)),
                ])
            ),
            ("status", podStatus(pod, of: job, seat: seat, in: cluster)),
        ])
    }

    private func podStatus(_ pod: PodRun, of job: JobIncarnation, seat: Seat?, in cluster: Cluster) -> YAMLNode {
        let host = seat.flatMap { cluster.inventory[$0.host] }
        var pairs: [(String, YAMLNode?)] = [
            ("phase", .string(pod.phaseName)), ("podIP", host.map { .string($0.facts.address) }),
            ("island", job.island.map { .string($0.value) }), ("restarts", .int(pod.replacement + pod.restarts)),
        ]
        switch pod.phase {
        case .running(let running):
            let ready = YAMLNode.map([
                ("type", .string("Ready")), ("status", .string(running.isReady ? "True" : "False")),
            ])
            pairs += [("startTime", .time(running.since)), ("conditions", .list([ready]))]
        case .ended(let exit):
            pairs += [
                ("reason", .string(exit.reason)), ("exitCode", exit.code.map { .int($0) }),
                ("message", exit.message.isEmpty ? nil : .string(exit.message)), ("finishTime", .time(exit.at)),
            ]
        case .assigned where host?.isReady == false:
            pairs.append(("message", .string("host \(seat?.host.name ?? "") is not connected")))
        case .unreachable(let exit):
            pairs += [("reason", .string("HostLost")), ("message", .string(exit.message))]
        case .idle, .assigned, .stopping: break
        }
        return .map(pairs)
    }

    /// Those of a job and its pods that are no labels as well.
    func annotations(of job: JobIncarnation?, at position: JobPosition) -> Labels {
        var annotations = JobSetLabels.placementAnnotations(of: jobSet, replicatedJob: position.replicatedJob)
        annotations[JobSetKeys.executionAttempt] = job?.executionAttempt.map { String($0) }
        return annotations
    }

    /// JobSet's own labels and annotations for a job and its pods.
    func labels(of job: JobIncarnation?, at position: JobPosition) -> Labels {
        JobSetLabels.forJob(
            of: jobSet,
            replicatedJob: position.replicatedJob,
            jobIndex: Int32(position.index),
            restartAttempt: job?.restartAttempt ?? 0,
            jobRestartAttempt: job?.jobRestartAttempt ?? 0
        )
    }
}

extension PodRun {
    /// Kubernetes' phase, with `Terminating` for a pod that was told to stop, as `kubectl` shows it.
    var phaseName: String {
        switch phase {
        case .idle, .assigned: "Pending"
        case .running: "Running"
        case .stopping: "Terminating"
        case .unreachable: "Unknown"
        case .ended(let exit): exit.succeeded ? "Succeeded" : "Failed"
        }
    }
}

extension PodExit {
    var reason: String {
        switch cause {
        case .exited(0): "Completed"
        case .exited: "Error"
        case .signaled(let signal): "Signal\(signal)"
        case .startFailed: "StartFailed"
        case .lost: "Lost"
        }
    }

    var code: Int32? { cause.code }
}

extension PodExit.Cause {
    /// As a shell reports it: 128 and the signal's number for what a signal ended.
    var code: Int32? {
        switch self {
        case .exited(let code): code
        case .signaled(let signal): 128 &+ signal
        case .startFailed, .lost: nil
        }
    }
}
