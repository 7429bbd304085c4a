import AtollCore
import AtollModel
import Testing

@Suite struct PodStartTests {
    @Test func `regular containers start beside each other, and the pod is ready`() {
        var pod = PodFixture([.plain(), .plain()])
        let effects = pod.start()
        #expect(effects.actions == [.start(container: 0), .start(container: 1)])
        #expect(effects.running == RunningPod(since: pod.now.wall))
        #expect(effects.wake == nil)
    }

    @Test func `it has succeeded when all of them have, and what is left is killed`() {
        var pod = PodFixture([.plain(), .plain()])
        _ = pod.start()
        // One that has ended is not ready any more.
        #expect(pod.end(0).running == RunningPod(since: pod.now.wall, isReady: false, revision: 1))
        let effects = pod.end(1)
        #expect(effects.actions == [.sweep])
        #expect(effects.observation == .stopping)
        #expect(pod.feed(.swept).exit == PodExit(cause: .exited(code: 0), at: pod.now.wall))
        #expect(pod.feed(.swept) == PodEffects())
    }

    @Test func `init containers come one after the other, each to its success`() {
        var pod = PodFixture(initContainers: [.plain(), .plain()])
        let effects = pod.start()
        #expect(effects.actions == [.start(container: 0)])
        #expect(effects.running?.isReady == false)
        #expect(pod.end(0).actions == [.start(container: 1)])
        let last = pod.end(1)
        #expect(last.actions == [.start(container: 2)])
        #expect(last.running == RunningPod(since: pod.now.wall, revision: 1))
    }

    @Test func `an init container that fails under Never fails the pod`() {
        var pod = PodFixture(initContainers: [.plain()])
        _ = pod.start()
        #expect(pod.fail(0, code: 3).actions == [.sweep])
        #expect(pod.feed(.swept).exit == PodExit(cause: .exited(code: 3), container: "i0", at: pod.now.wall))
    }

    @Test(arguments: [RestartPolicy.onFailure, .always])
    func `an init container that fails is restarted otherwise, and done once it has succeeded`(policy: RestartPolicy) {
        var pod = PodFixture(initContainers: [.plain()], policy: policy, restartsMax: 1)
        _ = pod.start()
        let effects = pod.fail(0)
        #expect(effects.started == [0])
        #expect(effects.running?.restarts == 1)
        #expect(pod.end(0).started == [1])
    }

    @Test func `what comes after a sidecar begins once it has started up`() {
        let sidecar = ContainerSpec.sidecar { $0.startupProbe = .exec(failureThreshold: 3) }
        var pod = PodFixture(initContainers: [sidecar, .plain()])
        let effects = pod.start()
        #expect(effects.started == [0])
        let first = effects.run
        #expect(pod.fail(first).started == [])
        let second = pod.wait(.seconds(10)).run
        #expect(second.number == first.number + 1)
        #expect(pod.succeed(second).started == [1])
        #expect(pod.end(1).started == [2])
    }

    @Test func `a sidecar without a probe has started up with its postStart hook`() {
        let sidecar = ContainerSpec.sidecar { $0.postStart = .exec(["hook"]) }
        var pod = PodFixture(initContainers: [sidecar])
        let effects = pod.start()
        #expect(effects.started == [0])
        #expect(pod.succeed(effects.run).started == [1])
    }

    @Test func `a sidecar that is restarted meanwhile holds up nothing`() {
        var pod = PodFixture(initContainers: [.sidecar { $0.postStart = .exec(["hook"]) }, .plain()])
        let hook = pod.start().run
        #expect(pod.succeed(hook).started == [1])
        // Its postStart hook runs again, and nobody waits for it.
        #expect(pod.fail(0).started == [0])
        #expect(pod.end(1).started == [2])
    }

    @Test func `a container that cannot be started ends the pod, and the others with it`() {
        var pod = PodFixture([.plain(), .plain()])
        _ = pod.start()
        let effects = pod.feed(.startFailed(container: 1, message: "no such file"))
        #expect(effects.terminated == [0])
        #expect(pod.end(0, .signaled(15)).isSweep)
        #expect(pod.feed(.swept).exit == PodExit(cause: .startFailed, at: pod.now.wall, message: "no such file"))
    }

    @Test func `a pod is not ready while one of its sidecars is not`() {
        let sidecar = ContainerSpec.sidecar { $0.readinessProbe = .exec() }
        var pod = PodFixture(initContainers: [sidecar])
        let effects = pod.start()
        #expect(effects.started == [0, 1])
        #expect(effects.running?.isReady == false)
        #expect(pod.succeed(effects.run).running?.isReady == true)
    }
}
