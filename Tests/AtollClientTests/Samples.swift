import AtollClient
import AtollModel
import AtollYAML

/// Objects as the coordinator sends them, at a moment that stands still.
enum Samples {
    /// 2026-11-23T22:15:00Z
    static let now = Timestamp(nanoseconds: 1_795_472_100_000_000_000)

    static func object(_ text: String) throws -> YAMLNode { try YAMLNode.parse(text).first ?? .null }

    /// A JobSet of 2 slices with 2 hosts each that runs since three minutes and ten seconds.
    static func jobSet(
        name: String = "multislice",
        restarts: Int = 0,
        pods: String = #"{"total":4,"ready":3,"active":4,"succeeded":0,"failed":0}"#,
        placement: String? = #"{"state":"Placed","islands":["slice-1","slice-2"]}"#,
        status: String = "",
        metadata: String = "",
        suspend: Bool = false
    ) throws -> YAMLNode {
        let place = placement.map { #", "placement":\#($0)"# } ?? ""
        return try object(
            """
            {"apiVersion":"jobset.x-k8s.io/v1alpha2","kind":"JobSet",
             "metadata":{"name":"\(name)","namespace":"default","uid":"6f1c","resourceVersion":"12",
              "creationTimestamp":"2026-11-23T22:11:50Z","labels":{"team":"vision"},
              "annotations":{"alpha.jobset.sigs.k8s.io/exclusive-topology":"cloud.google.com/gke-nodepool"}\(metadata)},
             "spec":{"failurePolicy":{"maxRestarts":3},"suspend":\(suspend),
              "replicatedJobs":[{"name":"workers","replicas":2}]},
             "status":{"restarts":\(restarts),"pods":\(pods)\(place)\(status)}}
            """
        )
    }

    static let waiting = """
        {"state":"Waiting","since":"2026-11-23T22:12:00Z",
         "reason":"needs 5 free islands under cloud.google.com/gke-nodepool, 4 are free"}
        """

    static func condition(_ type: String, reason: String, message: String, holds: Bool = true) -> String {
        """
        {"type":"\(type)","status":"\(holds ? "True" : "False")","reason":"\(reason)","message":"\(message)",
         "lastTransitionTime":"2026-11-23T22:12:30Z"}
        """
    }

    private static func labels(job: Int) -> String {
        """
        "labels":{"jobset.sigs.k8s.io/jobset-name":"multislice","jobset.sigs.k8s.io/job-index":"\(job)",
         "jobset.sigs.k8s.io/replicatedjob-name":"workers"}
        """
    }

    static func job(_ index: Int, state: String = "Ready", ready: Int = 2) throws -> YAMLNode {
        try object(
            """
            {"apiVersion":"batch/v1","kind":"Job",
             "metadata":{"name":"multislice-workers-\(index)","namespace":"default",
              "creationTimestamp":"2026-11-23T22:11:50Z",\(labels(job: index))},
             "spec":{"completions":2,"parallelism":2,"backoffLimit":0,"suspend":false},
             "status":{"state":"\(state)","active":2,"ready":\(ready),"succeeded":0,"failed":0,"restartAttempt":0,
              "topologyKey":"cloud.google.com/gke-nodepool","island":"slice-\(index + 1)"}}
            """
        )
    }

    static func pod(
        job: Int,
        index: Int,
        status: String = #""phase":"Running","startTime":"2026-11-23T22:12:00Z""#
    ) throws -> YAMLNode {
        let host = 2 * job + index + 1
        return try object(
            """
            {"apiVersion":"v1","kind":"Pod","metadata":{"name":"multislice-workers-\(job)-\(index)",
              "namespace":"default","uid":"1a-\(index)-0",\(labels(job: job))},
             "spec":{"nodeName":"tpu-\(host)","devices":[0,1,2,3],"hostname":"multislice-workers-\(job)-\(index)",
              "subdomain":"multislice"},
             "status":{"podIP":"127.0.1.\(host)","island":"slice-\(job + 1)","restarts":0,\(status)}}
            """
        )
    }

    static func pods() throws -> [YAMLNode] {
        [
            try pod(job: 0, index: 0), try pod(job: 0, index: 1), try pod(job: 1, index: 0),
            try pod(
                job: 1,
                index: 1,
                status: #""phase":"Failed","reason":"Error","exitCode":137,"finishTime":"2026-11-23T22:14:55Z""#
            ),
        ]
    }

    static func host(_ number: Int, state: String = "Ready", job: Int?, more: String = "") throws -> YAMLNode {
        let claim = job.map { #""claimedBy":"default/multislice-workers-\#($0)","# } ?? ""
        return try object(
            """
            {"apiVersion":"atoll.dev/v1alpha1","kind":"Host","metadata":{"name":"tpu-\(number)",
              "labels":{"cloud.google.com/gke-nodepool":"slice-\((number + 1) / 2)"}},
             "status":{"state":"\(state)","address":"127.0.1.\(number)",\(claim)"pods":1,"devices":4,
              "freeDevices":\(job == nil ? 4 : 0),"accelerator":"TPU v5e","model":"ct5lp-hightpu-4t","numaNodes":2,
              "cpus":112,"memoryBytes":206158430208,"kernel":"6.1.0-32-amd64","bootID":"8f6e",
              "agentVersion":"0.1.0","lastHeard":"2026-11-23T22:14:58Z"\(more)}}
            """
        )
    }

    /// Findings of these severities, to be added to a host's status.
    static func findings(_ severities: String...) -> String {
        let texts = severities.enumerated().map { index, severity in
            #"{"severity":"\#(severity)","code":"LinkNarrowed","subject":"0000:0\#(index):00.0","message":"8 of 16 lanes"}"#
        }
        return #","findings":[\#(texts.joined(separator: ","))]"#
    }

    static func hosts() throws -> [YAMLNode] {
        try (1...6).map { try host($0, state: $0 == 6 ? "Offline" : "Ready", job: $0 <= 4 ? ($0 - 1) / 2 : nil) }
    }

    static func island(
        _ name: String,
        key: String = "cloud.google.com/gke-nodepool",
        hosts: [Int],
        ready: Int? = nil,
        state: String,
        job: String? = nil
    ) throws -> YAMLNode {
        let claim = job.map { #""claimedBy":"\#($0)","# } ?? ""
        let names = hosts.map { #""tpu-\#($0)""# }.joined(separator: ",")
        return try object(
            """
            {"apiVersion":"atoll.dev/v1alpha1","kind":"Island","metadata":{"name":"\(name)"},
             "status":{"topologyKey":"\(key)","state":"\(state)",\(claim)"hosts":\(hosts.count),
              "readyHosts":\(ready ?? hosts.count),"devices":\(hosts.count * 4),
              "freeDevices":\(job == nil ? hosts.count * 4 : 0),"accelerator":"TPU v5e","hostNames":[\(names)]}}
            """
        )
    }

    static func islands() throws -> [YAMLNode] {
        [
            try island("slice-1", hosts: [1, 2], state: "Claimed", job: "default/multislice-workers-0"),
            try island("slice-2", hosts: [3, 4], state: "Claimed", job: "default/multislice-workers-1"),
            try island("slice-3", hosts: [5], state: "Free"),
        ]
    }

    static func device(host: Int, index: Int, pod: String?) throws -> YAMLNode {
        let user = pod.map { #","pod":"\#($0)""# } ?? ""
        return try object(
            """
            {"apiVersion":"atoll.dev/v1alpha1","kind":"Device","metadata":{"name":"tpu-\(host)/\(index)"},
             "status":{"host":"tpu-\(host)","index":\(index),"vendor":"google","resource":"google.com/tpu",
              "model":"TPU v5e","pci":"0000:0\(index):00.0","numaNode":\(index / 2),"driver":"vfio-pci",
              "uniqueID":"","state":"\(pod == nil ? "Free" : "InUse")"\(user)}}
            """
        )
    }

    static func devices(host: Int, pod: String?) throws -> [YAMLNode] {
        try (0..<4).map { try device(host: host, index: $0, pod: pod) }
    }

    static func event(_ reason: String, _ message: String, kind: String = "Normal", count: Int = 1) throws -> YAMLNode {
        try object(
            """
            {"apiVersion":"atoll.dev/v1alpha1","kind":"Event","metadata":{"name":"multislice","namespace":"default"},
             "regarding":{"kind":"JobSet","name":"multislice"},"type":"\(kind)","reason":"\(reason)",
             "message":"\(message)","count":\(count),"lastTimestamp":"2026-11-23T22:12:00Z"}
            """
        )
    }

    static func events() throws -> [YAMLNode] {
        [
            try event("IslandsClaimed", "claimed slice-1 and slice-2"),
            try event("PodFailed", "pod multislice-workers-1-1 on tpu-4 ended with 137", kind: "Warning", count: 2),
        ]
    }
}

extension Collection<String> {
    /// As it appears on a terminal.
    var text: String { joined(separator: "\n") }
}
