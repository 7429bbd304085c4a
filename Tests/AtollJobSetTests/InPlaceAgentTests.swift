import AtollJobSet
import AtollModel
import Testing

/// Containers that bring JobSet's own agent along.
struct InPlaceAgentTests {
    private let podSpec = "spec.replicatedJobs[0].template.spec.template.spec"

    private func manifest(_ pod: String, strategy: String = "InPlaceRestart") -> String {
        """
        apiVersion: jobset.x-k8s.io/v1alpha2
        kind: JobSet
        metadata: {name: js}
        spec:
          failurePolicy: {restartStrategy: \(strategy)}
          replicatedJobs:
          - name: a
            template:
              spec:
                completions: 1
                parallelism: 1
                backoffLimit: 2147483647
                podReplacementPolicy: Failed
                template: {spec: {\(pod)}}
        """
    }

    private let sidecar =
        "initContainers: [{name: agent, restartPolicy: Always}, {name: b, command: [b]}], "
        + "containers: [{name: main, command: [a]}]"

    @Test func `an agent beside the containers is left out`() throws {
        let decoded = try decode(manifest(sidecar))
        let pod = decoded.jobSet.spec.replicatedJobs[0].template.pod
        #expect(pod.initContainers.map(\.spec.name) == ["agent", "b"])
        #expect(pod.initContainersWithoutAgent.map(\.name) == ["b"])
        #expect(pod.containersWithoutAgent == pod.containers.map(\.spec))
        let reason = "restarts in place need no agent; the pod's own supervisor is the barrier"
        #expect(decoded.warnings == ["\(podSpec).initContainers[0]: ignored: \(reason)"])
    }

    @Test(arguments: [("", "bash"), (", {name: SHELL, value: /bin/zsh}", "/bin/zsh")])
    func `an agent around the worker is replaced by the worker`(variable: String, shell: String) throws {
        let env = "env: [{name: WORKER_COMMAND, value: \"a $X; b\"}\(variable)]"
        let decoded = try decode(manifest("containers: [{name: main, \(env)}, {name: c, command: [c]}]"))
        let pod = decoded.jobSet.spec.replicatedJobs[0].template.pod
        #expect(pod.containersWithoutAgent.map(\.command) == [[shell, "-c", "a $X; b"], ["c"]])
        #expect(pod.containersWithoutAgent.map(\.env) == pod.containers.map(\.spec.env))
        #expect(decoded.warnings.count == 1)
        #expect(decoded.warnings[0].hasPrefix("\(podSpec).containers[0].image: ignored: restarts in place need no"))
    }

    @Test(arguments: [
        "env: [{name: WORKER_COMMAND, value: \"\"}]", "env: [{name: WORKER, value: a}]",
        "env: [{name: WORKER_COMMAND, valueFrom: {fieldRef: {fieldPath: metadata.name}}}]", "restartPolicy: Always",
    ])
    func `a container that is no agent needs a command`(text: String) {
        let found = problems(of: manifest("containers: [{name: main, \(text)}]"))
        #expect(found.map(\.path) == ["\(podSpec).containers[0].command"])
    }

    @Test(arguments: ["restartPolicy: OnFailure", "env: [{name: WORKER_COMMAND, value: a}]"])
    func `an init container that is no sidecar needs a command`(text: String) {
        let pod = "initContainers: [{name: b, \(text)}], containers: [{name: main, command: [a]}]"
        #expect(problems(of: manifest(pod)).map(\.path) == ["\(podSpec).initContainers[0].command"])
    }

    @Test func `without restarts in place agents need a command`() {
        let worker = "containers: [{name: main, env: [{name: WORKER_COMMAND, value: a}]}]"
        #expect(
            problems(of: manifest(worker, strategy: "Recreate")).map(\.path) == ["\(podSpec).containers[0].command"]
        )
        #expect(
            problems(of: manifest(sidecar, strategy: "BlockingRecreate")).map(\.path)
                == ["\(podSpec).initContainers[0].command"]
        )
    }
}
