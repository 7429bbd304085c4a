public import AtollJobSet
public import AtollModel

/// What one JobSet needs, as the planner sees it: one class of equal jobs for each ReplicatedJob.
public struct PlacementRequest: Equatable, Sendable {
    public struct DeviceNeed: Equatable, Sendable {
        public var vendor: AcceleratorVendor
        public var count: Int
    }

    public struct JobClass: Equatable, Sendable {
        public var replicatedJob: String
        public var replicas: Int
        /// Pods of one job that run at a time.
        public var seats: Int
        /// The label key whose islands are held exclusively, one for each job; nil for shared hosts.
        public var topologyKey: String?
        public var nodeSelector: Labels
        /// Devices of one pod; nil when it asks for none.
        public var devices: DeviceNeed?
        /// The one job that these seats are for, in addition to those that it has; nil for whole jobs.
        public var growth: Growth?
    }

    /// A job that has a place and wants more seats.
    public struct Growth: Equatable, Sendable {
        public var position: JobPosition
        /// The island that it holds, on whose hosts the new seats have to be; nil for shared hosts.
        public var island: IslandID?
        public var seats: Int
    }

    /// One for each ReplicatedJob, then those that grow.
    public var classes: [JobClass]

    /// Positions of the classes that share hosts. Those whose pods need the most devices come first: the others, which are
    /// spread over the emptiest hosts, would leave no host with enough of them.
    var sharedClasses: [Int] {
        func need(_ index: Int) -> Int { classes[index].devices?.count ?? 0 }
        // In spec order where needs are equal.
        return classes.indices.filter { classes[$0].topologyKey == nil }
            .sorted { (need($1), $0) < (need($0), $1) }
    }

    /// - Parameters:
    ///   - vacancies: jobs of each ReplicatedJob to find a place for; nil for all.
    ///   - growths: jobs to find more seats for.
    public init(_ jobSet: JobSet, vacancies: [Int]? = nil, growths: [Growth] = []) {
        let common = jobSet.metadata.annotations[JobSetKeys.exclusiveTopology]
        classes = jobSet.spec.replicatedJobs.enumerated().map { number, job in
            JobClass(
                replicatedJob: job.name,
                replicas: vacancies?[number] ?? Int(job.replicas),
                seats: job.template.seats,
                topologyKey: job.annotations[JobSetKeys.exclusiveTopology] ?? common,
                nodeSelector: job.template.pod.nodeSelector,
                devices: DeviceNeed(job.template.pod)
            )
        }
        for growth in growths {
            var job = classes[growth.position.replicatedJob]
            (job.replicas, job.seats, job.topologyKey, job.growth) = (1, growth.seats, nil, growth)
            classes.append(job)
        }
    }
}

extension PlacementRequest.DeviceNeed {
    /// What is used at a time at most: by one init container after the other, then by all containers, each time beside
    /// the sidecars that run by then. Nil when no container asks for a device. Validation has seen to it that a pod asks
    /// for devices of one vendor only.
    init?(_ pod: PodTemplate) {
        let all = pod.initContainers + pod.containers
        guard let vendor = all.lazy.compactMap({ $0.deviceNeed?.vendor }).first else { return nil }
        var sidecars = 0
        var most = 0
        for container in pod.initContainers {
            let count = container.deviceNeed?.count ?? 0
            most = max(most, sidecars + count)
            if container.spec.restartPolicy == .always { sidecars += count }
        }
        let together = pod.containers.reduce(sidecars) { $0 + ($1.deviceNeed?.count ?? 0) }
        self.init(vendor: vendor, count: max(most, together))
    }
}

extension Container {
    fileprivate var deviceNeed: PlacementRequest.DeviceNeed? {
        for (resource, count) in devices where count > 0 {
            guard let vendor = AcceleratorVendor(resourceName: resource) else { continue }
            return PlacementRequest.DeviceNeed(vendor: vendor, count: Int(count))
        }
        return nil
    }
}

extension JobSetSpec {
    /// Whether places that were found for the pods of one are good for those of the other, as far as hosts and devices
    /// go.
    func asksForSamePlaces(as other: JobSetSpec) -> Bool {
        zip(replicatedJobs, other.replicatedJobs).allSatisfy { old, new in
            let (old, new) = (old.template.pod, new.template.pod)
            return old.nodeSelector == new.nodeSelector
                && PlacementRequest.DeviceNeed(old) == PlacementRequest.DeviceNeed(new)
        }
    }
}

extension JobSpec {
    /// Pods that may run at a time.
    public var seats: Int { Int(min(parallelism, completions ?? .max)) }

    /// Pods that must succeed; for a work queue (no `completions`) the pods that may run.
    public var podCount: Int { Int(completions ?? parallelism) }
}
