import AtollJobSet
import AtollModel
import Testing

struct JobSetUpdateTests {
    @Test func `labels, suspension, coordinator and time to live may change`() throws {
        let old = try decode(baseManifest).jobSet
        var new = old
        new.metadata.labels["a"] = "b"
        new.metadata.annotations["a"] = "b"
        new.spec.suspend = true
        new.spec.coordinator = CoordinatorPod(replicatedJob: "workers")
        new.spec.ttlSecondsAfterFinished = 5
        #expect(JobSet.updateProblems(from: old, to: new).isEmpty)
    }

    @Test func `policies, network and manager may not change`() throws {
        let old = try decode(fullManifest).jobSet
        var new = old
        new.spec.network.subdomain = "other"
        new.spec.successPolicy.operator = .all
        new.spec.failurePolicy = nil
        new.spec.startupOrder = .inOrder
        new.spec.activeDeadlineSeconds = 1
        new.spec.managedBy = nil
        let found = JobSet.updateProblems(from: old, to: new)
        #expect(
            found.map(\.path) == [
                "spec.network", "spec.successPolicy", "spec.failurePolicy", "spec.startupPolicy",
                "spec.activeDeadlineSeconds", "spec.managedBy",
            ]
        )
        #expect(found[0].message == "Value is immutable; delete the JobSet and apply it again")
        #expect(found[5].message.hasPrefix("field is immutable"))
    }

    @Test func `a job may not change, and the message names what does`() throws {
        let old = try decode(baseManifest).jobSet
        #expect(difference(old, "replicas: 2", "replicas: 3") == "spec.replicatedJobs[0].replicas")
        let pod = "spec.replicatedJobs[0].template.spec.template.spec"
        #expect(difference(old, "\"1\"]", "\"2\"]") == "\(pod).containers[0].command[1]")
        #expect(difference(old, "- name: main", "- name: main\n              image: a") == "\(pod).containers[0].image")
        let selector = "restartPolicy: Never\n            nodeSelector: {a: b}"
        #expect(difference(old, "restartPolicy: Never", selector) == "\(pod).nodeSelector")
    }

    @Test func `jobs may not be added, removed or renamed while suspended`() throws {
        var old = try decode(fullManifest).jobSet
        old.spec.suspend = true
        var fewer = old
        fewer.spec.replicatedJobs.removeLast()
        var swapped = old
        swapped.spec.replicatedJobs.swapAt(0, 1)
        var renamed = old
        renamed.spec.replicatedJobs[0].name = "other"
        for new in [fewer, swapped, renamed] {
            #expect(JobSet.updateProblems(from: old, to: new).map(\.path) == ["spec.replicatedJobs"])
        }
    }

    @Test(arguments: [(true, true), (true, false), (false, true), (false, false)])
    func `pod labels and node selectors may change around a suspension`(before: Bool, after: Bool) throws {
        var old = try decode(baseManifest).jobSet
        var new = old
        old.spec.suspend = before
        new.spec.suspend = after
        new.spec.replicatedJobs[0].template.pod.labels = ["a": "b"]
        new.spec.replicatedJobs[0].template.pod.annotations = ["c": "d"]
        new.spec.replicatedJobs[0].template.pod.nodeSelector = ["pool": "x"]
        #expect(JobSet.updateProblems(from: old, to: new).isEmpty == (before || after))
        new.spec.replicatedJobs[0].template.backoffLimit = 1
        #expect(JobSet.updateProblems(from: old, to: new).count == 1)
    }

    @Test(arguments: [(true, true), (true, false), (false, true), (false, false)])
    func `resources of containers may change around a suspension, and nothing else of them`(
        before: Bool,
        after: Bool
    ) throws {
        let pod = """
            restartPolicy: Never
                        initContainers: [{name: fetch, command: [a], resources: {limits: {cpu: 1}}}]
            """
        let text = manifest(replacing: "restartPolicy: Never", with: pod)
        let main = "- name: main\n              resources: {limits: {google.com/tpu: 4, cpu: 2}}"
        var old = try decode(text).jobSet
        var new = try decode(text.replacing("- name: main", with: main).replacing("{cpu: 1}", with: "{cpu: 3}")).jobSet
        old.spec.suspend = before
        new.spec.suspend = after
        #expect(JobSet.updateProblems(from: old, to: new).isEmpty == (before || after))
        new.spec.replicatedJobs[0].template.pod.containers[0].ignored = []
        #expect(JobSet.updateProblems(from: old, to: new).isEmpty == (before || after))
        new.spec.replicatedJobs[0].template.pod.initContainers[0].spec.command = ["b"]
        #expect(JobSet.updateProblems(from: old, to: new).count == 1)
    }

    private func difference(_ old: JobSet, _ text: String, _ replacement: String) -> String? {
        guard let new = try? decode(manifest(replacing: text, with: replacement)).jobSet else { return nil }
        let message = JobSet.updateProblems(from: old, to: new).first?.message
        let prefix = "field is immutable, and "
        guard let message, message.hasPrefix(prefix) else { return nil }
        return message.dropFirst(prefix.count).split(separator: " ").first.map(String.init)
    }
}
