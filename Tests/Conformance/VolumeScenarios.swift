import Testing

struct VolumeScenarios {
    private static let claims = Verdict.missing("`volumeClaimPolicies`")

    static let verdicts: Verdicts = [
        "VOLUME-01": claims,
        "VOLUME-02": claims,
        "VOLUME-03": claims,
        "VOLUME-04": claims,
        "VOLUME-05": claims,
        "VOLUME-06": claims,
    ]

    private func isRefused(_ field: String, _ manifest: Manifest) -> Bool {
        let problems = manifest.problems
        return problems.count == 1 && problems[0].contains("\(field): not supported")
    }

    private let policies = "volumeClaimPolicies: [{templates: [{metadata: {name: data}}]}]"

    @Test func `VOLUME-01: claims of a JobSet are refused, so none is made`() {
        #expect(isRefused("spec.volumeClaimPolicies", Manifest(spec: policies)))
    }

    @Test func `VOLUME-02: those to be retained are refused as well`() {
        let retained = policies.dropLast(2) + ", retentionPolicy: {whenDeleted: Retain}}]"
        #expect(isRefused("spec.volumeClaimPolicies", Manifest(spec: String(retained))))
    }

    @Test func `VOLUME-03: so are those of a suspended JobSet`() {
        #expect(isRefused("spec.volumeClaimPolicies", Manifest(spec: "suspend: true, \(policies)")))
    }

    @Test func `VOLUME-04: a claim cannot be made beside a JobSet either`() {
        let text = "{apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: data-js}}"
        #expect(Admission.problems(in: text).isJust("kind", "pods use paths of the host"))
    }

    @Test func `VOLUME-05: containers that mount a volume are refused`() {
        let mount = "command: [a], volumeMounts: [{name: data, mountPath: /data}]"
        #expect(isRefused("containers[0].volumeMounts", Manifest(container: mount)))
        #expect(isRefused("initContainers[0].volumeMounts", Manifest(pod: "initContainers: [{name: first, \(mount)}]")))
    }

    @Test func `VOLUME-06: pods with volumes are refused`() {
        #expect(isRefused("spec.volumes", Manifest(pod: "volumes: [{name: data, emptyDir: {}}]")))
    }
}
