import AtollModel
import AtollYAML
import Testing

@testable import AtollJobSet

struct VolumeTests {
    /// A pod with all kinds of volumes, and two claims.
    static let manifest = """
        apiVersion: jobset.x-k8s.io/v1alpha2
        kind: JobSet
        metadata: {name: js, namespace: team}
        spec:
          volumeClaimPolicies:
          - templates:
            - metadata: {name: data, labels: {a: b}, annotations: {c: d}}
              spec:
                resources: {requests: {storage: 10Gi}}
                accessModes: [ReadWriteMany]
            retentionPolicy: {whenDeleted: Retain}
          - templates: [{metadata: {name: scratch}}]
          replicatedJobs:
          - name: w
            template:
              spec:
                template:
                  spec:
                    volumes:
                    - {name: disk, emptyDir: {sizeLimit: 500M}}
                    - {name: memory, emptyDir: {medium: Memory, sizeLimit: 1.5Gi}}
                    - {name: host, hostPath: {path: /srv, type: DirectoryOrCreate}}
                    - {name: any, hostPath: {path: /dev/shm}}
                    - {name: old, persistentVolumeClaim: {claimName: old-js, readOnly: true}}
                    containers:
                    - name: main
                      command: [a]
                      volumeMounts:
                      - {name: disk, mountPath: /disk, subPath: a/b}
                      - {name: memory, mountPath: /memory, readOnly: true}
                      - {name: data, mountPath: /data}
                      - {name: scratch, mountPath: /scratch}
                      - {name: old, mountPath: /old}
        """

    private func pod() throws -> PodTemplate { try decode(Self.manifest).jobSet.spec.replicatedJobs[0].template.pod }

    @Test func `volumes are read with their kinds and sizes`() throws {
        let old = VolumeClaimID(name: ObjectName(namespace: "", name: "old-js"), uid: ObjectUID(""))
        #expect(
            try pod().volumes == [
                PodVolume(name: "disk", source: .emptyDirectory(inMemory: false, sizeMax: 500_000_000)),
                PodVolume(name: "memory", source: .emptyDirectory(inMemory: true, sizeMax: 3 << 29)),
                PodVolume(name: "host", source: .hostPath("/srv", .directoryOrCreate)),
                PodVolume(name: "any", source: .hostPath("/dev/shm", .any)),
                PodVolume(name: "old", source: .claim(old)),
            ]
        )
    }

    @Test func `mounts are read, and a read-only claim makes those of it read-only`() throws {
        #expect(
            try pod().containers[0].spec.mounts == [
                VolumeMount(volume: "disk", path: "/disk", subPath: "a/b"),
                VolumeMount(volume: "memory", path: "/memory", isReadOnly: true),
                VolumeMount(volume: "data", path: "/data"),
                VolumeMount(volume: "scratch", path: "/scratch"),
                VolumeMount(volume: "old", path: "/old", isReadOnly: true),
            ]
        )
    }

    @Test func `a claim is deleted with its JobSet unless it says otherwise, and keeps its spec in key order`() throws {
        let jobSet = try decode(Self.manifest).jobSet
        #expect(jobSet.spec.volumeClaimPolicies.map(\.whenDeleted) == [.retain, .delete])
        let data = jobSet.spec.volumeClaimPolicies[0].templates[0]
        #expect(jobSet.claimName(data) == ObjectName(namespace: "team", name: "data-js"))
        #expect((data.labels, data.annotations) == (["a": "b"], ["c": "d"]))
        let spec = "{\"accessModes\":[\"ReadWriteMany\"],\"resources\":{\"requests\":{\"storage\":\"10Gi\"}}}"
        #expect(data.spec.jsonText(pretty: false).filter { !$0.isWhitespace } == spec)
    }

    @Test func `what has no effect is told`() throws {
        let warnings = try decode(Self.manifest).warnings
        #expect(
            warnings == [
                "spec.volumeClaimPolicies[0].templates[0].spec.resources.requests: ignored: "
                    + "a claim takes what its file system has",
                "spec.replicatedJobs[0].template.spec.template.spec.volumes[0].emptyDir.sizeLimit: ignored: "
                    + "only what is in memory has a limit here",
            ]
        )
    }

    @Test func `an encoded JobSet with volumes decodes to itself`() throws {
        let decoded = try decode(Self.manifest)
        for text in [decoded.jobSet.node.yamlText, decoded.jobSet.node.jsonText(pretty: false)] {
            let again = try decode(text)
            #expect(again.jobSet == decoded.jobSet)
            #expect(again.warnings == decoded.warnings)
        }
    }

    @Test func `a mount in an init container is enough for a claim, and its volumes must exist too`() {
        let mount = VolumeMount(volume: "data", path: "/data")
        var pod = PodTemplate(containers: [Container(spec: ContainerSpec(name: "main", command: ["a"]))])
        pod.initContainers = [Container(spec: ContainerSpec(name: "first", command: ["a"], mounts: [mount]))]
        let job = ReplicatedJob(name: "w", template: JobSpec(pod: pod))
        let policy = VolumeClaimPolicy(templates: [VolumeClaimTemplate(name: "data")])
        func problems(_ policies: [VolumeClaimPolicy]) -> [String] {
            let spec = JobSetSpec(replicatedJobs: [job], volumeClaimPolicies: policies)
            var rules = JobSetRules(
                JobSet(metadata: ObjectMetadata(name: ObjectName(name: "js")), spec: spec),
                Findings()
            )
            rules.checkAll()
            return rules.findings.problems.map(\.description)
        }
        #expect(problems([policy]).isEmpty)
        let path = "spec.replicatedJobs[0].template.spec.template.spec.initContainers[0].volumeMounts[0].name"
        #expect(problems([]) == ["\(path): Not found: \"data\""])
    }

    @Test func `claims may not change, come or go on a live JobSet`() throws {
        let old = try decode(Self.manifest).jobSet
        var changes: [JobSet] = [old, old, old, old]
        changes[0].spec.volumeClaimPolicies[0].whenDeleted = .delete
        changes[1].spec.volumeClaimPolicies[1].templates[0].spec = .map([("accessModes", .list([]))])
        changes[2].spec.volumeClaimPolicies = []
        changes[3].spec.volumeClaimPolicies.append(VolumeClaimPolicy(templates: []))
        for new in changes {
            for (before, after) in [(old, new), (new, old)] {
                let problems = JobSet.updateProblems(from: before, to: after)
                #expect(problems.map(\.path) == ["spec.volumeClaimPolicies"])
                #expect(problems.allSatisfy { $0.message.hasPrefix("Value is immutable") })
            }
        }
    }

    @Test(arguments: [
        ("0", 0), ("1", 1), ("1k", 1000), ("1Ki", 1024), ("1.5Ki", 1536), ("0.1k", 100), ("1500m", 2), ("1n", 1),
        ("1e3", 1000), ("1E3", 1000), ("12e-1", 2), ("1E", 1_000_000_000_000_000_000), ("1.", 1), (".5Ki", 512),
        ("16Ei", nil), ("20E", nil), ("", nil), ("Gi", nil), ("1GB", nil), ("1.2.3", nil), ("-1", nil), ("1 Gi", nil),
        ("0x1", nil), ("1e", nil), ("1e99", nil),
    ])
    func `quantities are read as Kubernetes reads them`(text: String, bytes: UInt64?) {
        #expect(Quantity(text)?.bytes == bytes)
    }

    @Test(arguments: [
        (0, "0"), (1, "1"), (1023, "1023"), (1024, "1Ki"), (1536, "1536"), (3 << 30, "3Gi"), (1 << 60, "1Ei"),
    ])
    func `quantities are written in the largest unit that fits`(bytes: UInt64, text: String) {
        #expect(Quantity(bytes: bytes).text == text)
        #expect(Quantity(text)?.bytes == bytes)
    }
}
