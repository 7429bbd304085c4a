import AtollJobSet
public import AtollModel
public import AtollYAML

/// Questions: objects as Kubernetes users know them, made from the state when somebody asks.
extension CoordinatorCore {
    /// The objects a list asks for: JobSets, jobs and pods in order of creation, the rest in natural order.
    public func objects(_ list: AdminRequest.List) -> [YAMLNode] {
        let all =
            switch list.kind {
            case .jobsets: wantedRuns(list).map(\.object)
            case .jobs: wantedRuns(list).flatMap { $0.jobObjects(whole: list.whole) }
            case .pods: wantedRuns(list).flatMap { $0.podObjects(whole: list.whole, in: cluster) }
            case .events: wantedRuns(list).flatMap(\.eventObjects)
            case .hosts: hostsInOrder.map { hostObject($0) }
            case .devices: hostsInOrder.flatMap { deviceObjects($0) }
            case .islands: islandObjects
            case .persistentvolumeclaims: claimObjects(in: list.namespace)
            }
        return all.filter { $0.isWanted(by: list) }
    }

    public func jobSetRun(_ name: ObjectName) -> JobSetRun? { runs[name] }

    /// JobSets in order of creation.
    public var jobSetRuns: [JobSetRun] { order.values.compactMap { runs[$0] } }

    private func wantedRuns(_ list: AdminRequest.List) -> [JobSetRun] {
        jobSetRuns.filter { list.namespace == nil || $0.name.namespace == list.namespace }
    }

    var hostsInOrder: [HostState] {
        cluster.inventory.hosts.sorted { NaturalOrder.precedes($0.id.name, $1.id.name) }
    }

    /// `<job>-<index>`, the name under which users know a pod; nil for one that is forgotten.
    public func podName(_ pod: PodID) -> String? {
        cluster.owners[pod.job].flatMap { owner in
            runs[owner.jobSet].map { JobSetNames.podHostname(job: $0.jobName(owner.position), podIndex: pod.index) }
        }
    }
}

extension YAMLNode {
    func isWanted(by list: AdminRequest.List) -> Bool {
        let metadata = self["metadata"]
        guard list.names.isEmpty || list.names.contains(metadata?["name"]?.string ?? "") else { return false }
        let labels = metadata?["labels"]
        return list.labels.allSatisfy { labels?[$0.0]?.scalarText == $0.1 }
    }

    static func labels(_ labels: Labels) -> YAMLNode? {
        labels.isEmpty ? nil : .map(labels.map { ($0.0, .string($0.1)) })
    }

    /// With these entries, in place of its own of the same keys, in key order.
    func setting(_ entries: [(String, YAMLNode?)]) -> YAMLNode {
        let new = entries.compactMap { key, value in value.map { YAMLPair(key: key, value: $0) } }
        let old = (pairs ?? []).filter { pair in !new.contains { $0.key == pair.key } }
        return YAMLNode(.mapping((old + new).sorted { $0.key < $1.key }))
    }

    static func time(_ time: Timestamp?) -> YAMLNode? { time.map { .string($0.description) } }
}

extension CoordinatorCore {
    /// API group of the objects that are Atoll's own.
    static let apiVersion = "atoll.dev/v1alpha1"
}
