import AtollCore
import AtollJobSet
import AtollModel

/// Draws JobSets that use the fields whose meaning the coordinator decides about.
struct WorkloadGenerator {
    let shape: ClusterShape
    let size: SimSize
    let limits: Limits

    func jobSet(named name: String, _ chance: inout Chance) -> JobSet {
        let annotated = chance.int(0...3)
        let count = chance.int(size.replicatedJobs)
        var jobs = (0..<count).map {
            replicatedJob(number: $0, isExclusive: annotated > 1 || (annotated == 1 && $0 > 0), &chance)
        }
        let order = startup(of: &jobs, &chance)
        var metadata = ObjectMetadata(name: ObjectName(name: name))
        if annotated > 1 { metadata.annotations[JobSetKeys.exclusiveTopology] = ClusterShape.topologyKey }
        let spec = JobSetSpec(
            replicatedJobs: jobs,
            successPolicy: successPolicy(jobs, &chance),
            failurePolicy: chance.percent(75) ? failurePolicy(jobs, &chance) : nil,
            startupOrder: order,
            suspend: chance.percent(10),
            ttlSecondsAfterFinished: chance.one(of: [nil, nil, 0, 5])
        )
        return JobSet(metadata: metadata, spec: spec)
    }

    private func replicatedJob(number: Int, isExclusive: Bool, _ chance: inout Chance) -> ReplicatedJob {
        let parallelism = Int32(chance.int(size.podsPerJob))
        let mode = chance.percent(70) || isExclusive ? JobSpec.CompletionMode.indexed : .nonIndexed
        let more = chance.percent(25) ? parallelism + 1 : parallelism
        let need = chance.one(of: [0, 0, 1, shape.devicesPerHost / 2, shape.devicesPerHost])
        var container = Container(spec: ContainerSpec(name: "main", command: ["train"]))
        if need > 0 { container.devices[AcceleratorVendor.google.resourceName] = UInt32(need) }
        var job = ReplicatedJob(
            name: "r\(number)",
            replicas: Int32(chance.int(size.replicas)),
            template: JobSpec(
                completionMode: mode,
                completions: mode == .nonIndexed && chance.percent(30) ? nil : more,
                parallelism: parallelism,
                backoffLimit: Int32(chance.int(0...2)),
                pod: PodTemplate(
                    restartPolicy: chance.percent(50) ? .never : .onFailure,
                    terminationGracePeriodSeconds: Int64(chance.int(0...3)),
                    containers: [container]
                )
            )
        )
        if isExclusive { job.annotations[JobSetKeys.exclusiveTopology] = ClusterShape.topologyKey }
        return job
    }

    private func startup(of jobs: inout [ReplicatedJob], _ chance: inout Chance) -> StartupOrder {
        switch chance.int(0...3) {
        case 0: return .inOrder
        case 1:
            for number in jobs.indices.dropFirst() {
                let target = jobs[chance.int(0...number - 1)].name
                jobs[number].dependsOn = [Dependency(name: target, status: chance.percent(50) ? .ready : .complete)]
            }
            return .anyOrder
        default: return .anyOrder
        }
    }

    private func successPolicy(_ jobs: [ReplicatedJob], _ chance: inout Chance) -> SuccessPolicy {
        let targets = chance.percent(30) ? [chance.one(of: jobs).name] : []
        return SuccessPolicy(operator: chance.percent(80) ? .all : .any, targetReplicatedJobs: targets)
    }

    private func failurePolicy(_ jobs: [ReplicatedJob], _ chance: inout Chance) -> FailurePolicy {
        let actions: [FailurePolicy.Rule.Action] = [
            .failJobSet, .restartJobSet, .restartJobSetAndIgnoreMaxRestarts, .restartJob,
            .restartJobAndIgnoreMaxRestarts,
        ]
        let rules = (0..<chance.int(0...2)).map { number in
            FailurePolicy.Rule(
                name: "failurePolicyRule\(number)",
                action: chance.one(of: actions),
                targetReplicatedJobs: chance.percent(50) ? [chance.one(of: jobs).name] : []
            )
        }
        return FailurePolicy(
            maxRestarts: Int32(chance.int(0...3)),
            restartStrategy: chance.percent(50) ? .recreate : .blockingRecreate,
            rules: rules
        )
    }
}

/// Whether an empty cluster has room for a JobSet: reckoned without the planner, and unsure where that is not simple.
enum Fit {
    case yes, no, unsure

    static func of(_ jobSet: JobSet, on shape: ClusterShape, limits: Limits) -> Fit {
        var islandsLeft = shape.islands
        var sharedHosts = 0
        var isSimple = true
        for job in jobSet.spec.replicatedJobs {
            let need = job.template.pod.containers.reduce(0) { $0 + Int($1.devices.values.first ?? 0) }
            let perHost = need == 0 ? limits.podsPerHost : min(limits.podsPerHost, shape.devicesPerHost / need)
            let pods = Int(min(job.template.parallelism, job.template.completions ?? .max))
            guard perHost > 0 else { return .no }
            if jobSet.isExclusive(job) {
                guard perHost * shape.hostsPerIsland >= pods else { return .no }
                islandsLeft -= Int(job.replicas)
            } else {
                // Each class on hosts of its own surely fits; several on shared ones may.
                sharedHosts += (pods * Int(job.replicas) + perHost - 1) / perHost
                isSimple = isSimple && jobSet.spec.replicatedJobs.count == 1
            }
        }
        guard islandsLeft >= 0 else { return .no }
        if sharedHosts == 0 { return .yes }
        return isSimple && sharedHosts <= islandsLeft * shape.hostsPerIsland ? .yes : .unsure
    }
}

extension JobSet {
    /// True when each job of this ReplicatedJob must have an island of its own.
    func isExclusive(_ job: ReplicatedJob) -> Bool {
        (job.annotations[JobSetKeys.exclusiveTopology] ?? metadata.annotations[JobSetKeys.exclusiveTopology]) != nil
    }
}
