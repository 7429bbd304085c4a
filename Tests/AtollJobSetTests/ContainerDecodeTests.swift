import AtollJobSet
import AtollModel
import Testing

/// Probes, hooks, ports and restarts as they are read.
struct ContainerDecodeTests {
    private func container(_ text: String) throws -> ContainerSpec {
        let jobSet = try decode(manifest(replacing: "- name: main", with: "- name: main\n              \(text)")).jobSet
        return jobSet.spec.replicatedJobs[0].template.pod.containers[0].spec
    }

    @Test(arguments: [
        "", ", initialDelaySeconds: 0, periodSeconds: 0, timeoutSeconds: 0, successThreshold: 0, failureThreshold: 0",
    ])
    func `a probe has Kubernetes' defaults, also where a number is 0`(numbers: String) throws {
        let spec = try container("livenessProbe: {exec: {command: [a]}\(numbers)}")
        #expect(spec.livenessProbe == Probe(action: .exec(["a"])))
        let written = Probe(
            action: .exec(["a"]),
            initialDelay: .zero,
            period: .seconds(10),
            timeout: .seconds(1),
            successThreshold: 1,
            failureThreshold: 3,
            terminationGrace: nil
        )
        #expect(spec.livenessProbe == written)
    }

    @Test func `a probe has the numbers that it is given`() throws {
        let text = """
            startupProbe: {exec: {command: [a, b]}, initialDelaySeconds: 1, periodSeconds: 2, timeoutSeconds: 3, \
            failureThreshold: 4, terminationGracePeriodSeconds: 5}
            """
        let expected = Probe(
            action: .exec(["a", "b"]),
            initialDelay: .seconds(1),
            period: .seconds(2),
            timeout: .seconds(3),
            failureThreshold: 4,
            terminationGrace: .seconds(5)
        )
        #expect(try container(text).startupProbe == expected)
        let ready = try container("readinessProbe: {exec: {command: [a]}, successThreshold: 6}")
        #expect(ready.readinessProbe?.successThreshold == 6)
    }

    @Test func `a request is for the root unless it is given a path`() throws {
        let plain = try container("readinessProbe: {httpGet: {port: 80}}")
        #expect(plain.readinessProbe?.action == .httpGet(HTTPRequest(port: 80, path: "/")))
        let full = "{httpGet: {host: a, port: 80, path: b?c, scheme: HTTP, httpHeaders: [{name: X-D, value: e f}]}}"
        let request = HTTPRequest(host: "a", port: 80, path: "/b?c", headers: [.init(name: "X-D", value: "e f")])
        #expect(try container("readinessProbe: \(full)").readinessProbe?.action == .httpGet(request))
    }

    @Test func `a port may be given by its name`() throws {
        let spec = try container(
            """
            ports: [{containerPort: 1}, {name: http, containerPort: 8080}]
                          readinessProbe: {httpGet: {port: http}}
                          livenessProbe: {tcpSocket: {host: a, port: http}}
            """
        )
        #expect(spec.readinessProbe?.action == .httpGet(HTTPRequest(port: 8080)))
        #expect(spec.livenessProbe?.action == .tcpSocket(host: "a", port: 8080))
    }

    @Test func `a port by the name of one that is out of range is told once, where its number is`() {
        let ports = "ports: [{name: http, containerPort: 70000}]\n              readinessProbe: {httpGet: {port: http}}"
        let found = problems(of: manifest(replacing: "- name: main", with: "- name: main\n              \(ports)"))
        #expect(found.count == 1 && found[0].path.hasSuffix(".ports[0].containerPort"))
    }

    @Test func `hooks run, ask, connect or wait`() throws {
        let spec = try container(
            "lifecycle: {postStart: {exec: {command: [a]}}, preStop: {sleep: {seconds: 30}}}"
        )
        #expect(spec.postStart == .exec(["a"]))
        #expect(spec.preStop == .sleep(.seconds(30)))
        let other = try container("lifecycle: {postStart: {tcpSocket: {port: 1}}, preStop: {httpGet: {port: 2}}}")
        #expect(other.postStart == .tcpSocket(host: "", port: 1))
        #expect(other.preStop == .httpGet(HTTPRequest(port: 2)))
    }

    @Test func `a container may say itself what becomes of it`() throws {
        let spec = try container(
            """
            restartPolicy: OnFailure
                          restartPolicyRules:
                          - {action: Restart, exitCodes: {operator: In, values: [3, 4]}}
                          - {action: RestartAllContainers, exitCodes: {operator: NotIn, values: [0]}}
            """
        )
        #expect(spec.restartPolicy == .onFailure)
        #expect(
            spec.restartRules == [
                RestartRule(action: .restart, operator: .in, exitCodes: [3, 4]),
                RestartRule(action: .restartAllContainers, operator: .notIn, exitCodes: [0]),
            ]
        )
    }

    @Test func `init containers are read as containers are, and sidecars may be probed`() throws {
        let pod = """
            restartPolicy: Never
                        initContainers:
                        - {name: a, command: [b], resources: {limits: {google.com/tpu: 1}}}
                        - {name: c, command: [d], restartPolicy: Always, startupProbe: {tcpSocket: {port: 1}}}
            """
        let jobSet = try decode(manifest(replacing: "restartPolicy: Never", with: pod)).jobSet
        let containers = jobSet.spec.replicatedJobs[0].template.pod.initContainers
        #expect(containers.map(\.spec.name) == ["a", "c"])
        #expect(containers[0].devices == ["google.com/tpu": 1])
        #expect(containers[1].spec.restartPolicy == .always)
        #expect(containers[1].spec.startupProbe?.action == .tcpSocket(host: "", port: 1))
    }

    @Test func `ports of the host are told to be ignored`() throws {
        let ports = "- name: main\n              ports: [{containerPort: 80, hostPort: 80, hostIP: 10.0.0.1}]"
        let decoded = try decode(manifest(replacing: "- name: main", with: ports))
        let path = "spec.replicatedJobs[0].template.spec.template.spec.containers[0].ports[0]"
        #expect(
            decoded.warnings == [
                "\(path).hostPort: ignored: placement does not keep pods apart by their ports",
                "\(path).hostIP: ignored: processes listen on the addresses that they choose",
            ]
        )
    }
}
