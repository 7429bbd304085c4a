import AtollCore
import AtollJobSet
import AtollModel
import AtollTestSupport
import AtollYAML
import Testing

extension AdmitScenarios {
    @Test func `ADMIT-29: a claim is mounted in a container or in an init container`() {
        #expect(claims("{metadata: {name: data}}").isEmpty)
        var pod = PodTemplate.example(mounting: [])
        pod.initContainers = PodTemplate.example(mounting: ["data"]).containers
        let job = ReplicatedJob(name: "w", template: JobSpec(pod: pod))
        let jobSet = JobSet.example("js", [job]) { $0.volumeClaimPolicies = [.example("data", .delete)] }
        #expect(jobSet.spec.replicatedJobs[0].template.pod.mounts("data"))
    }

    @Test func `ADMIT-30: names of claims are unique over all policies`() {
        let twice = claims("{metadata: {name: data}}]}, {templates: [{metadata: {name: data}}")
        #expect(twice.isJust("spec.volumeClaimPolicies[1].template[0].name", "names must be unique"))
    }

    @Test func `ADMIT-31: names of claims are DNS names of at most 63 characters with the JobSet's`() {
        let path = "spec.volumeClaimPolicies[0].template[0].name"
        #expect(claims("{metadata: {name: Data}}", mounting: "Data").isJust(path, "RFC 1123 subdomain"))
        let longest = String(repeating: "d", count: 60)
        #expect(claims("{metadata: {name: \(longest)}}", mounting: longest).isEmpty)
        let longer = claims("{metadata: {name: d\(longest)}}", mounting: "d\(longest)")
        #expect(longer.isJust(path, "VolumeClaimPolicies template name is too long"))
    }

    @Test func `ADMIT-32: a claim is mounted somewhere and has the name of no other volume`() {
        let other = claims("{metadata: {name: data}}, {metadata: {name: other}}")
        #expect(
            other.isJust("spec.replicatedJobs", "don't have a matching volumeMount: other from VolumeClaimPolicies")
        )
        let both = Manifest(
            spec: "volumeClaimPolicies: [{templates: [{metadata: {name: data}}]}]",
            pod: "volumes: [{name: data, emptyDir: {}}]",
            container: "command: [a], volumeMounts: [{name: data, mountPath: /data}]"
        )
        #expect(
            both.problems.isJust(
                "spec.replicatedJobs[0].template.spec.template.spec.volumes[0].name",
                "volume name conflicts with VolumeClaimPolicy template name: data"
            )
        )
    }

    @Test func `ADMIT-33: a claim that exists is taken over with an equal spec and Retain alone`() throws {
        var fixture = try Fixture([.example("a").mounting("data")]) {
            $0.volumeClaimPolicies = [.example("data", .retain)]
        }
        fixture.cluster.order(.deleteJobSet(ObjectName(name: "js")))
        fixture.oldPodsEnd()
        let greedy = fixture.update { $0.volumeClaimPolicies[0].whenDeleted = .delete }
        #expect(greedy?.problems == ["spec.volumeClaimPolicies[0].retentionPolicy.whenDeleted"])
        let changed = fixture.update {
            $0.volumeClaimPolicies = [.example("data", .retain)]
            $0.volumeClaimPolicies[0].templates[0].spec = .map([("accessModes", .list([]))])
        }
        #expect(changed?.problems == ["spec.volumeClaimPolicies[0].templates[0].spec"])
        #expect(fixture.update { $0.volumeClaimPolicies = [.example("data", .retain)] }?.problems == [])
    }

    @Test func `ADMIT-34: a claim has no namespace of its own`() {
        let other = claims("{metadata: {name: data, namespace: other}}")
        #expect(other.isJust("spec.volumeClaimPolicies[0]", "namespace cannot be set"))
    }

    @Test func `ADMIT-35: there are at most 50 policies of at most 50 claims`() {
        let many = (0...50).map { "{metadata: {name: d\($0)}}" }.joined(separator: ", ")
        let message = "Too many: 51: must have at most 50 items"
        #expect(claims(many).isJust("spec.volumeClaimPolicies[0].templates", message))
        let policies = Array(repeating: "{templates: []}", count: 51).joined(separator: ", ")
        #expect(
            Manifest(spec: "volumeClaimPolicies: [\(policies)]").problems.isJust("spec.volumeClaimPolicies", message)
        )
    }

    /// What is said of claims where one container mounts one of them.
    private func claims(_ templates: String, mounting name: String = "data") -> [String] {
        Manifest(
            spec: "volumeClaimPolicies: [{templates: [\(templates)]}]",
            container: "command: [a], volumeMounts: [{name: \(name), mountPath: /data}]"
        ).problems
    }
}
