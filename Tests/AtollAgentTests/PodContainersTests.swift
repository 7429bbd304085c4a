import AtollModel
import Glibc
import Testing

@testable import AtollAgent

/// Containers that follow, outlive, watch and restart each other, with real processes.
@Suite struct PodContainersTests {
    /// A script as it stands: the agent makes one dollar sign of two.
    private static func shell(_ script: String) -> [String] { ["sh", "-c", script.replacing("$", with: "$$")] }

    private static func container(
        _ name: String,
        _ script: String,
        _ change: (inout ContainerSpec) -> Void = { _ in }
    ) -> ContainerSpec {
        var spec = ContainerSpec(name: name, command: shell(script))
        change(&spec)
        return spec
    }

    /// A probe that is quick, for tests that wait for it.
    private static func probe(_ action: ContainerAction, failureThreshold: UInt32 = 1) -> Probe {
        Probe(action: action, period: .milliseconds(10), timeout: .seconds(30), failureThreshold: failureThreshold)
    }

    private static func pod(
        _ containers: [ContainerSpec],
        initContainers: [ContainerSpec] = [],
        policy: RestartPolicy = .never,
        restartsMax: UInt32 = 0
    ) throws -> SupervisedPod {
        try SupervisedPod([]) {
            $0.launch.initContainers = initContainers
            $0.launch.containers = containers
            $0.launch.restartPolicy = policy
            $0.launch.restartsMax = restartsMax
            $0.hostAddress = "127.0.0.1"
        }
    }

    /// A sidecar that runs until it is asked to end.
    private static let lasting = "trap 'echo down; exit 0' TERM; touch up; while :; do sleep 0.01; done"

    // MARK: Order

    @Test func `init containers end before the next begins`() throws {
        let first = Self.container("i0", "echo one; sleep 0.05; touch one")
        let second = Self.container("i1", "test -e one && echo two && touch two")
        let pod = try Self.pod([Self.container("main", "test -e two && echo three")], initContainers: [first, second])
        #expect(try pod.run().succeeded)
        #expect(try pod.output() == "one\ntwo\nthree\n")
    }

    @Test func `an init container that fails keeps the others from starting`() throws {
        let pod = try Self.pod([Self.container("main", "echo no")], initContainers: [Self.container("i0", "exit 6")])
        let exit = try pod.run()
        #expect(exit.cause == .exited(code: 6))
        #expect(exit.container == "i0")
        #expect(try pod.output() == "")
    }

    @Test func `a sidecar is up before the rest begins, and goes when that has ended`() throws {
        let sidecar = Self.container("side", Self.lasting) {
            $0.restartPolicy = .always
            // What a probe prints is nobody's output.
            $0.startupProbe = Self.probe(.exec(Self.shell("echo noise; test -e up")), failureThreshold: 9999)
        }
        let pod = try Self.pod([Self.container("main", "test -e up && echo main")], initContainers: [sidecar])
        #expect(try pod.run().succeeded)
        // Between them its shell may tell of its own child.
        #expect(try pod.output().hasPrefix("main\n"))
        #expect(try pod.output().hasSuffix("down\n"))
    }

    @Test func `a record that could not be written is written later`() throws {
        // A folder in the way of the file that would replace the record.
        let obstacle = "until mkdir ../record.new 2>/dev/null; do :; done; cp ../record before"
        let initial = Self.container("i0", obstacle)
        // For half a minute at most.
        let wait = "for n in $(seq 3000); do cmp -s ../record before || exit 0; sleep 0.01; done; exit 9"
        let pod = try Self.pod([Self.container("main", "rmdir ../record.new; \(wait)")], initContainers: [initial])
        #expect(try pod.run().succeeded)
    }

    // MARK: Restarts

    @Test func `a container that fails is started again in its pod`() throws {
        let script = "echo run; test -e again || { touch again; exit 1; }"
        let pod = try Self.pod([Self.container("main", script)], policy: .onFailure, restartsMax: 1)
        #expect(try pod.run().succeeded)
        #expect(try pod.output() == "run\nrun\n")
    }

    @Test func `it fails its pod when it may not be started again`() throws {
        let script = "echo run; exit 4"
        let pod = try Self.pod([Self.container("main", script)], policy: .onFailure, restartsMax: 1)
        #expect(try pod.run().cause == .exited(code: 4))
        #expect(try pod.output() == "run\nrun\n")
    }

    @Test func `nothing of its former life is left when a container is started again`() throws {
        // In a session of its own, orphaned, without a signal that could end it but SIGKILL.
        let daemon = "trap \"\" TERM HUP; echo $$ > daemon.new; mv daemon.new daemon; while :; do sleep 1000; done"
        let first = "(setsid sh -c '\(daemon)' &); until test -e daemon; do sleep 0.01; done; exit 1"
        let script = "test -e daemon || { \(first); }; kill -0 $(cat daemon) && exit 9; exit 0"
        let pod = try Self.pod([Self.container("main", script)], policy: .onFailure, restartsMax: 1)
        #expect(try pod.run().cause == .exited(code: 0))
    }

    @Test func `a container's end leaves the processes of the others alone`() throws {
        let other = "setsid sleep 1000 & echo $! > daemon; touch up; until test -e done; do sleep 0.01; done; kill $!"
        let main = "until test -e up; do sleep 0.01; done; test -e again || { touch again; exit 1; }; touch done"
        let containers = [Self.container("main", main), Self.container("other", other)]
        let pod = try Self.pod(containers, policy: .onFailure, restartsMax: 1)
        #expect(try pod.run().succeeded)
    }

    @Test func `RestartAllContainers begins with the first init container`() throws {
        let initial = Self.container("i0", "echo init")
        let main = Self.container("main", "test -e again && exit 0; touch again; exit 42") {
            $0.restartRules = [RestartRule(action: .restartAllContainers, operator: .in, exitCodes: [42])]
        }
        let pod = try Self.pod([main], initContainers: [initial], restartsMax: 1)
        #expect(try pod.run().succeeded)
        #expect(try pod.output() == "init\ninit\n")
    }

    // MARK: Probes

    @Test func `a container whose liveness probe fails is stopped and restarted`() throws {
        let script =
            "trap 'touch cured; exit 0' TERM; test -e cured && exit 0; touch sick; while :; do sleep 0.01; done"
        let isHealthy = ContainerAction.exec(Self.shell("test -e cured || test ! -e sick"))
        let main = Self.container("main", script) { $0.livenessProbe = Self.probe(isHealthy) }
        let pod = try Self.pod([main], policy: .onFailure, restartsMax: 1)
        #expect(try pod.run().succeeded)
    }

    @Test func `a probe that hangs has failed, and is killed`() throws {
        let main = Self.container("main", "exec sleep 1000") {
            $0.livenessProbe = Self.probe(.exec(["sleep", "1000"]))
            $0.livenessProbe?.timeout = .milliseconds(20)
        }
        let exit = try Self.pod([main]).run()
        #expect(exit.cause == .signaled(SIGTERM))
        #expect(exit.message == "container main was stopped because its liveness probe failed")
    }

    @Test func `a probe of a command that does not exist fails`() throws {
        let main = Self.container("main", "exec sleep 1000") {
            $0.startupProbe = Self.probe(.exec(["no-such-command"]))
        }
        #expect(try Self.pod([main]).run().message.hasSuffix("its startup probe failed"))
    }

    @Test func `a TCP probe succeeds where a connection can be opened`() throws {
        let server = try LoopbackServer()
        let sidecar = Self.container("side", "exec sleep 1000") {
            $0.restartPolicy = .always
            $0.startupProbe = Self.probe(.tcpSocket(host: "", port: server.port))
        }
        let pod = try Self.pod([Self.container("main", "echo main")], initContainers: [sidecar])
        #expect(try pod.run().succeeded)
        #expect(try pod.output() == "main\n")
    }

    @Test func `a TCP probe fails where nobody listens, and for a name that the pod does not know`() throws {
        let port = try LoopbackServer().port
        for host in ["localhost", "nobody.invalid"] {
            let main = Self.container("main", "exec sleep 1000") {
                $0.startupProbe = Self.probe(.tcpSocket(host: host, port: port))
            }
            #expect(try Self.pod([main]).run().message.hasSuffix("its startup probe failed"))
        }
    }

    @Test func `an HTTP probe asks for its path and looks at the status`() throws {
        let server = try LoopbackServer()
        let request = HTTPRequest(port: server.port, path: "/up", headers: [.init(name: "X-Probe", value: "yes")])
        let sidecar = Self.container("side", "exec sleep 1000") {
            $0.restartPolicy = .always
            $0.startupProbe = Self.probe(.httpGet(request), failureThreshold: 3)
        }
        let pod = try Self.pod([Self.container("main", "echo main")], initContainers: [sidecar])
        try pod.start()
        _ = try server.answer("HTTP/1.1 503 Service Unavailable\r\n\r\n")
        _ = try server.answer("nonsense")
        let asked = try server.answer("HTTP/1.0 204 No Content\r\n\r\n")
        #expect(asked.hasPrefix("GET /up HTTP/1.1\r\nHost: 127.0.0.1:\(server.port)\r\n"))
        #expect(asked.contains("\r\nX-Probe: yes\r\n"))
        #expect(try pod.end().succeeded)
        #expect(try pod.output() == "main\n")
    }

    // MARK: Hooks

    @Test func `postStart runs beside its container, in its environment and folder`() throws {
        let main = Self.container("main", "until test -e hooked; do sleep 0.01; done; cat hooked") {
            $0.env = [EnvironmentVariable(name: "WORD", source: .value("word"))]
            $0.postStart = .exec(Self.shell("echo $WORD $ATOLL_CONTAINER > hooked.new; mv hooked.new hooked"))
        }
        let pod = try Self.pod([main])
        #expect(try pod.run().succeeded)
        #expect(try pod.output() == "word main\n")
    }

    @Test func `preStop comes before SIGTERM`() throws {
        let pod = try Self.pod([])
        let pipe = pod.makePipe()
        try pod.replan {
            let script = "trap 'test -e warned && exit 3' TERM; echo ready > \(pipe); while :; do sleep 0.01; done"
            $0.launch.containers = [Self.container("main", script) { $0.preStop = .exec(["touch", "warned"]) }]
        }
        try pod.start()
        _ = SupervisedPod.receive(pipe)
        pod.signal(SIGTERM)
        #expect(try pod.end().cause == .exited(code: 3))
    }

    // MARK: The barrier

    @Test func `a pod that finds its attempt at the start goes through the barrier`() throws {
        let pod = try Self.pod([Self.container("main", "echo main")])
        try pod.replan { $0.pod.attempts = InPlaceAttempts() }
        try pod.folder.write(InPlaceAttempts(current: 0))
        #expect(try pod.run().succeeded)
        #expect(try pod.output() == "main\n")
    }
}
