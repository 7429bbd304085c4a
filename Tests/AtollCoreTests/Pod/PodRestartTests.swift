import AtollCore
import AtollModel
import Testing

@Suite struct PodRestartTests {
    @Test func `a container that fails under Never fails the pod and stops the others`() {
        var pod = PodFixture([.plain(), .plain()], restartsMax: 9)
        _ = pod.start()
        let effects = pod.fail(0, code: 7)
        #expect(effects.terminated == [1])
        #expect(effects.observation == .stopping)
        #expect(pod.end(1, .signaled(15)).actions == [.sweep])
        #expect(pod.feed(.swept).exit == PodExit(cause: .exited(code: 7), container: "c0", at: pod.now.wall))
    }

    @Test func `under OnFailure it is started again, at once at first and later after longer and longer pauses`() {
        var pod = PodFixture(policy: .onFailure, restartsMax: 99)
        _ = pod.start()
        #expect(pod.fail(0).started == [0])
        for seconds in [10, 20, 40, 80, 160, 300, 300] {
            #expect(pod.fail(0).started == [])
            let (pause, effects) = pod.wakeUp()
            #expect(pause == .seconds(seconds))
            #expect(effects.started == [0])
        }
        // Sound again.
        _ = pod.wait(.seconds(600))
        let effects = pod.fail(0)
        #expect(effects.started == [0])
        #expect(effects.running?.restarts == 9)
    }

    @Test func `a container that waits to be restarted is not ready`() {
        var pod = PodFixture(policy: .onFailure, restartsMax: 9)
        _ = pod.start()
        #expect(pod.fail(0).running == RunningPod(since: pod.now.wall, restarts: 1, revision: 1))
        #expect(pod.fail(0).running == RunningPod(since: pod.now.wall, isReady: false, restarts: 2, revision: 2))
        let since = pod.now.wall
        #expect(pod.wakeUp().effects.running == RunningPod(since: since, restarts: 2, revision: 3))
    }

    @Test func `restarts of all containers together are limited, and one more failure fails the pod`() {
        var pod = PodFixture([.plain(), .plain()], policy: .onFailure, restartsMax: 2)
        _ = pod.start()
        #expect(pod.fail(0).started == [0])
        #expect(pod.fail(1).started == [1])
        #expect(pod.fail(0, code: 4).terminated == [1])
        _ = pod.end(1, .signaled(15))
        #expect(pod.feed(.swept).exit == PodExit(cause: .exited(code: 4), container: "c0", at: pod.now.wall))
    }

    @Test func `success ends a container under OnFailure and not under Always`() {
        var pod = PodFixture([.plain { $0.restartPolicy = .always }, .plain()], policy: .onFailure, restartsMax: 1)
        _ = pod.start()
        #expect(pod.end(1).actions == [])
        #expect(pod.end(0).started == [0])
        // It may not be started again, and has not failed.
        #expect(pod.end(0).isSweep)
        #expect(pod.feed(.swept).exit?.succeeded == true)
    }

    @Test func `a sidecar is restarted whenever it ends, which does not count`() {
        var pod = PodFixture(initContainers: [.sidecar()])
        _ = pod.start()
        #expect(pod.end(0).started == [0])
        let effects = pod.fail(0)
        #expect(effects.started == [])
        #expect(effects.running?.restarts == 0)
        #expect(pod.wakeUp().effects.started == [0])
        #expect(pod.end(1).terminated == [0])
        _ = pod.end(0, .signaled(15))
        #expect(pod.feed(.swept).exit?.succeeded == true)
    }

    @Test func `the first rule that matches goes before the policy`() {
        let rules = [
            RestartRule(action: .restart, operator: .in, exitCodes: [42]),
            RestartRule(action: .restartAllContainers, operator: .notIn, exitCodes: [0, 1]),
        ]
        var pod = PodFixture([.plain { $0.restartRules = rules }], restartsMax: 9)
        _ = pod.start()
        #expect(pod.fail(0, code: 42).started == [0])
        #expect(pod.fail(0, code: 3).isSweep)
        #expect(pod.feed(.swept).exit == nil)
        _ = pod.wakeUp()
        #expect(pod.fail(0, code: 1).isSweep)
        #expect(pod.feed(.swept).exit?.cause == .exited(code: 1))
    }

    @Test func `a signal has the exit code that a shell gives it`() {
        var pod = PodFixture([.ruled(.restart, 137)], restartsMax: 9)
        _ = pod.start()
        #expect(pod.end(0, .signaled(9)).started == [0])
    }

    @Test func `RestartAllContainers stops all, kills what is left and begins with the first init container`() {
        var pod = PodFixture(
            [.ruled(.restartAllContainers, 42), .plain()],
            initContainers: [.plain(), .sidecar()],
            restartsMax: 1
        )
        _ = pod.start()
        _ = pod.end(0)
        let effects = pod.fail(2, code: 42)
        #expect(effects.terminated == [3])
        #expect(effects.running == RunningPod(since: pod.now.wall, isReady: false, restarts: 1, revision: 2))
        #expect(pod.end(3).terminated == [1])
        #expect(pod.end(1).actions == [.sweep])
        #expect(pod.feed(.swept).actions == [.start(container: 0)])
        #expect(pod.end(0).started == [1, 2, 3])
        // The limit is one.
        _ = pod.fail(2, code: 42)
        _ = pod.end(3)
        _ = pod.end(1)
        #expect(pod.feed(.swept).exit?.cause == .exited(code: 42))
    }

    @Test func `restarts of all containers wait longer each time`() {
        var pod = PodFixture([.ruled(.restartAllContainers, 42)], restartsMax: 9)
        _ = pod.start()
        _ = pod.fail(0, code: 42)
        #expect(pod.feed(.swept).started == [0])
        _ = pod.fail(0, code: 42)
        #expect(pod.feed(.swept).started == [])
        let (pause, effects) = pod.wakeUp()
        #expect(pause == .seconds(10))
        #expect(effects.started == [0])
    }

    @Test func `RestartAllContainers kills what has not ended when the grace period is over`() {
        var pod = PodFixture([.ruled(.restartAllContainers, 42), .plain()], restartsMax: 1, grace: .seconds(5))
        _ = pod.start()
        _ = pod.fail(0, code: 42)
        let (pause, effects) = pod.wakeUp()
        #expect(pause == .seconds(5))
        #expect(effects.isSweep)
        #expect(pod.end(1, .signaled(9)).actions == [])
        #expect(pod.feed(.swept).started == [0, 1])
    }
}
