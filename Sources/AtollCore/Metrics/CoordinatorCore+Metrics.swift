import AtollJobSet
import AtollModel

/// What can be counted from the state when somebody asks: nothing is kept for it.
extension CoordinatorCore {
    /// JobSet's own two counters first; a JobSet counts in them until it is deleted, so they are as many as JobSets at
    /// most. All other labels are of fixed sets.
    public var metrics: [MetricFamily] {
        [
            ended("Completed", "jobset_completed_total", "JobSets that have completed."),
            ended("Failed", "jobset_failed_total", "JobSets that have failed."),
            counts("atoll_jobsets", "JobSets by state.", "state", of: jobSetRuns.map(\.state.rawValue)),
            counts("atoll_pods", "Pods of the jobs that there are now, by phase.", "phase", of: podPhases),
            counts("atoll_hosts", "Hosts by state.", "state", of: cluster.inventory.hosts.map(\.stateName)),
            devices, hostFindings,
            MetricFamily(
                "atoll_epoch",
                .gauge,
                "The coordinator's epoch, which grows with each start.",
                [.init(value: Double(cluster.epoch.rawValue))]
            ),
        ]
    }

    private func ended(_ state: String, _ name: String, _ help: String) -> MetricFamily {
        let samples = jobSetRuns.filter { $0.jobSet.status.terminalState == state }.map { run in
            MetricFamily.Sample(
                labels: ["jobset_name": run.name.name, "namespace": run.name.namespace],
                value: 1
            )
        }
        return MetricFamily(name, .counter, help, samples)
    }

    private func counts(_ name: String, _ help: String, _ label: String, of words: [String]) -> MetricFamily {
        var counts: SortedMap<String, Int> = [:]
        for word in words { counts[word] = (counts[word] ?? 0) + 1 }
        return MetricFamily(name, .gauge, help, counts.map { .init(labels: [label: $0], value: Double($1)) })
    }

    private var podPhases: [String] {
        jobSetRuns.flatMap { run in
            run.jobs.joined().flatMap { $0.current?.pods.map(\.phaseName) ?? [] }
        }
    }

    private var hostFindings: MetricFamily {
        let counts = findingCounts
        return MetricFamily(
            "atoll_host_findings",
            .gauge,
            "Findings about all hosts by severity.",
            Finding.Severity.allCases.map { .init(labels: ["severity": $0.rawValue], value: Double(counts[$0])) }
        )
    }

    private var devices: MetricFamily {
        let hosts = cluster.inventory.hosts
        let all = hosts.reduce(0) { $0 + $1.facts.devices.count }
        let unusable = hosts.reduce(0) { $0 + $1.facts.devices.count { !$0.usable } }
        let free = hosts.reduce(0) { $0 + $1.freeDevices.count }
        let samples = [("Free", free), ("InUse", all - free - unusable), ("Unusable", unusable)]
        return MetricFamily(
            "atoll_devices",
            .gauge,
            "Devices of all hosts by state.",
            samples.map { .init(labels: ["state": $0.0], value: Double($0.1)) }
        )
    }
}
