import AtollCore
import AtollModel
import Testing

@Suite struct PodStopTests {
    @Test func `a stopped pod has its grace period, and what it ends with is reported`() {
        var pod = PodFixture()
        _ = pod.start()
        let effects = pod.feed(.stopAsked)
        #expect(effects.actions == [.terminate(container: 0)])
        #expect(effects.observation == .stopping)
        #expect(effects.wake == pod.now.advanced(by: .seconds(30)))
        #expect(pod.feed(.stopAsked).actions == [])
        #expect(pod.fail(0, code: 3).actions == [.sweep])
        #expect(pod.feed(.swept).exit == PodExit(cause: .exited(code: 3), container: "c0", at: pod.now.wall))
    }

    @Test func `what is left after the grace period is killed`() {
        var pod = PodFixture(grace: .seconds(4))
        _ = pod.start()
        _ = pod.feed(.stopAsked)
        let (grace, effects) = pod.wakeUp()
        #expect(grace == .seconds(4))
        #expect(effects.actions == [.sweep])
        _ = pod.end(0, .signaled(9))
        #expect(pod.feed(.swept).exit?.cause == .signaled(9))
    }

    @Test func `sidecars go after the regular containers, the last one first, and all within one grace period`() {
        var pod = PodFixture([.plain(), .plain()], initContainers: [.sidecar(), .sidecar()], grace: .seconds(10))
        _ = pod.start()
        #expect(pod.feed(.stopAsked).terminated == [2, 3])
        #expect(pod.end(3).terminated == [])
        #expect(pod.wait(.seconds(4)).actions == [])
        #expect(pod.end(2).terminated == [1])
        #expect(pod.end(1).terminated == [0])
        let (left, effects) = pod.wakeUp()
        #expect(left == .seconds(6))
        #expect(effects.actions == [.sweep])
        // A sidecar does not decide.
        _ = pod.end(0, .signaled(9))
        #expect(pod.feed(.swept).exit?.succeeded == true)
    }

    @Test func `preStop comes before SIGTERM and takes of the grace period`() {
        let action = ContainerAction.exec(["drain"])
        var pod = PodFixture([.plain { $0.preStop = action }], grace: .seconds(10))
        _ = pod.start()
        let effects = pod.feed(.stopAsked)
        #expect(effects.actions == [.run(effects.run, action)])
        _ = pod.wait(.seconds(3))
        // Whether or not it succeeds.
        #expect(pod.fail(effects.run).actions == [.terminate(container: 0)])
        #expect(pod.wakeUp().after == .seconds(7))
    }

    @Test func `a preStop hook that takes too long is abandoned with the grace period`() {
        var pod = PodFixture([.plain { $0.preStop = .exec(["drain"]) }], grace: .seconds(10))
        _ = pod.start()
        let run = pod.feed(.stopAsked).run
        #expect(pod.wakeUp().effects.actions == [.abandon(run), .sweep])
    }

    @Test func `preStop runs for a container whose probe failed, and a sleep is one`() {
        let spec = ContainerSpec.plain {
            $0.livenessProbe = .exec { $0.terminationGrace = .seconds(5) }
            $0.preStop = .sleep(.seconds(2))
        }
        var pod = PodFixture([spec])
        #expect(pod.fail(pod.start().run).actions == [])
        let (pause, effects) = pod.wakeUp()
        #expect(pause == .seconds(2))
        #expect(effects.actions == [.terminate(container: 0)])
        #expect(pod.wakeUp().after == .seconds(3))
    }

    @Test func `without a grace period there is no preStop`() {
        var pod = PodFixture([.plain { $0.preStop = .exec(["drain"]) }], grace: .zero)
        _ = pod.start()
        #expect(pod.feed(.stopAsked).actions == [.sweep])
    }

    @Test func `a postStart hook that fails stops its container`() {
        var pod = PodFixture([.plain { $0.postStart = .exec(["hook"]) }])
        #expect(pod.fail(pod.start().run).actions == [.terminate(container: 0)])
        _ = pod.end(0, .signaled(15))
        #expect(pod.feed(.swept).exit?.message == "container c0 was stopped because its postStart hook failed")
    }

    @Test func `a kill is at once, and says why`() {
        var pod = PodFixture(initContainers: [.sidecar()])
        _ = pod.start()
        let effects = pod.feed(.killAsked(message: "the lease is over"))
        #expect(effects.actions == [.sweep])
        #expect(effects.observation == .stopping)
        _ = pod.end(0, .signaled(9))
        _ = pod.end(1, .signaled(9))
        let message = "the lease is over"
        let exit = PodExit(cause: .signaled(9), container: "c0", at: pod.now.wall, message: message)
        #expect(pod.feed(.swept).exit == exit)
    }

    @Test func `a pod that is stopped before it has come to its containers has not succeeded`() {
        var pod = PodFixture(initContainers: [.plain()])
        _ = pod.start()
        _ = pod.feed(.stopAsked)
        // The init container took SIGTERM for a reason to end well.
        _ = pod.end(0)
        let exit = pod.feed(.swept).exit
        #expect(exit?.cause == .signaled(15))
        #expect(exit?.container == "")
        #expect(exit?.message == "stopped before its containers had succeeded")
    }

    @Test func `a pod that is stopped while a container waits to be restarted ends with that one's failure`() {
        var pod = PodFixture(policy: .onFailure, restartsMax: 9)
        _ = pod.start()
        _ = pod.fail(0, code: 1)
        _ = pod.fail(0, code: 5)
        #expect(pod.feed(.stopAsked).actions == [.sweep])
        #expect(pod.feed(.swept).exit == PodExit(cause: .exited(code: 5), container: "c0", at: pod.now.wall))
    }

    @Test func `a stop during a restart of all containers is the end, without another grace period`() {
        var pod = PodFixture([.ruled(.restartAllContainers, 42), .plain()], restartsMax: 9, grace: .seconds(10))
        _ = pod.start()
        #expect(pod.fail(0, code: 42).terminated == [1])
        _ = pod.wait(.seconds(6))
        #expect(pod.feed(.stopAsked).terminated == [])
        let (left, effects) = pod.wakeUp()
        #expect(left == .seconds(4))
        #expect(effects.isSweep)
        _ = pod.end(1, .signaled(9))
        #expect(pod.feed(.swept).exit?.cause == .signaled(9))
    }

    @Test func `a stop while what is left is killed for a new beginning is the end`() {
        var pod = PodFixture([.ruled(.restartAllContainers, 42)], restartsMax: 9)
        _ = pod.start()
        #expect(pod.fail(0, code: 42).isSweep)
        #expect(pod.feed(.stopAsked).actions == [])
        #expect(pod.feed(.swept).exit?.cause == .exited(code: 42))
    }

    @Test func `a grace period of centuries ends when its containers do`() {
        var pod = PodFixture(grace: .seconds(Int64.max))
        _ = pod.wait(.seconds(1))
        _ = pod.start()
        #expect(pod.feed(.stopAsked).wake?.uptime == .max)
        #expect(pod.end(0, .signaled(15)).isSweep)
    }
}
