import AtollJobSet
import AtollModel
import AtollYAML

extension JobSetRun {
    /// The JobSet with what Atoll adds to its status: where it is placed or what it waits for, and its pods by state.
    var object: YAMLNode {
        var node = jobSet.node
        guard let status = node["status"]?.pairs else { return node }
        var pairs = status.map { ($0.key, Optional($0.value)) }
        pairs.append(("placement", placementNode))
        pairs.append(("pods", podsNode))
        node = .map(node.pairs?.map { ($0.key, $0.key == "status" ? .map(pairs) : $0.value) } ?? [])
        return node
    }

    private var placementNode: YAMLNode? {
        if let waiting {
            return .map([
                ("state", .string("Waiting")), ("reason", .string(waiting.reason)), ("since", .time(waiting.since)),
            ])
        }
        let islands = islands
        guard placement != nil || !islands.isEmpty else { return nil }
        return .map([
            ("state", .string(placement == nil ? "Released" : "Placed")),
            ("islands", islands.isEmpty ? nil : .list(islands.map { .string($0.value) })),
        ])
    }

    /// The islands it holds, or held last.
    public var islands: [IslandID] {
        if let placement { return placement.islands }
        return jobs.joined().compactMap { ($0.current ?? $0.previous.last)?.island }
    }

    private var podsNode: YAMLNode {
        let counts = jobs.joined().compactMap { $0.current?.counts }
        return .map([
            ("total", .int(podTotal)),
            ("ready", .int(counts.reduce(0) { $0 + $1.ready })),
            ("active", .int(counts.reduce(0) { $0 + $1.active })),
            ("succeeded", .int(counts.reduce(0) { $0 + $1.succeeded })),
            ("failed", .int(counts.reduce(0) { $0 + $1.failed })),
        ])
    }

    var eventObjects: [YAMLNode] {
        events.map { event in
            .map([
                ("apiVersion", .string(CoordinatorCore.apiVersion)), ("kind", .string("Event")),
                ("metadata", .map([("name", .string(name.name)), ("namespace", .string(name.namespace))])),
                ("regarding", .map([("kind", .string(JobSet.kind)), ("name", .string(name.name))])),
                ("type", .string(event.kind.rawValue)), ("reason", .string(event.reason)),
                ("message", .string(event.message)), ("count", .int(event.count)), ("lastTimestamp", .time(event.at)),
            ])
        }
    }

    // MARK: Jobs

    /// - Parameter isWhole: with all of the template; else with what lists show of it.
    func jobObjects(whole isWhole: Bool) -> [YAMLNode] {
        jobs.indices.flatMap { number in
            // One for all, as there may be thousands.
            let template = spec.replicatedJobs[number].template
            let shown = isWhole ? template.node : template.summary
            return jobs[number].indices.compactMap { index in
                jobObject(at: JobPosition(replicatedJob: number, index: index), template: shown)
            }
        }
    }

    /// The present incarnation of a child job, else the last one; nil before the first.
    private func jobObject(at position: JobPosition, template: YAMLNode) -> YAMLNode? {
        guard let job = self[position].current ?? self[position].previous.last else { return nil }
        let counts = job.counts
        return .map([
            ("apiVersion", .string("batch/v1")), ("kind", .string("Job")),
            ("metadata", jobMetadata(of: job, at: position)),
            ("spec", template.setting([("suspend", .bool(job.isSuspended))])),
            (
                "status",
                .map([
                    ("state", .string(job.state(isCurrent: self[position].current != nil))),
                    ("active", .int(counts.active)), ("ready", .int(counts.ready)),
                    ("terminating", .int(counts.stopping)), ("succeeded", .int(counts.succeeded)),
                    ("failed", .int(counts.failed)), ("failedIndexes", job.failedIndexes),
                    ("restartAttempt", .int(job.restartAttempt)),
                    ("reason", job.failure.map { .string($0.reason.rawValue) }),
                    ("message", job.failure.map { .string($0.message) }),
                    ("topologyKey", job.island.map { .string($0.key) }),
                    ("island", job.island.map { .string($0.value) }),
                ])
            ),
        ])
    }

    private func jobMetadata(of job: JobIncarnation, at position: JobPosition) -> YAMLNode {
        let template = spec.replicatedJobs[position.replicatedJob]
        let labels = labels(of: job, at: position)
        return .map([
            ("name", .string(jobName(position))), ("namespace", .string(name.namespace)), ("uid", .string("\(job.id)")),
            ("creationTimestamp", .time(job.createdAt)), ("labels", .labels(template.labels.merging(labels))),
            ("annotations", .labels(template.annotations.merging(labels).merging(annotations(of: job, at: position)))),
        ])
    }
}

extension JobSpec {
    /// What lists show of it.
    fileprivate var summary: YAMLNode {
        .map([
            ("completions", completions.map { .int($0) }), ("parallelism", .int(parallelism)),
            ("completionMode", .string(completionMode.rawValue)), ("backoffLimit", .int(backoffLimit)),
        ])
    }
}

extension JobIncarnation {
    /// As the Job API writes them, `1,3-5`; nil where none has.
    fileprivate var failedIndexes: YAMLNode? {
        let failed = pods.indices.filter { pods[$0].hasFailedForGood }
        return failed.isEmpty ? nil : .string("\(IndexIntervals(failed))")
    }

    /// One word for people.
    func state(isCurrent: Bool) -> String {
        switch outcome {
        case .complete: "Complete"
        case .failed: "Failed"
        case nil where !isCurrent: isGone ? "Stopped" : "Stopping"
        case nil where isSuspended: "Suspended"
        case nil: counts.active > 0 && counts.ready + counts.succeeded >= pods.count ? "Ready" : "Active"
        }
    }
}
