import AtollCore
import AtollModel
import Testing

@Suite struct PodBarrierTests {
    private typealias Attempts = InPlaceAttempts

    /// One that has come to work at attempt 0.
    private static func working(_ containers: [ContainerSpec] = [.ruled(.restart, 42)]) -> PodFixture {
        var pod = PodFixture(containers, attempts: Attempts())
        _ = pod.start()
        _ = pod.feed(.told(Attempts(current: 0)))
        return pod
    }

    @Test func `not even an init container starts before the barrier is lowered`() {
        var pod = PodFixture(initContainers: [.plain()], attempts: Attempts())
        let effects = pod.start()
        #expect(effects.actions == [])
        #expect(effects.running == RunningPod(since: pod.now.wall, isReady: false, attempt: 0))
        #expect(pod.feed(.told(Attempts(current: 0))).actions == [.start(container: 0)])
        #expect(pod.end(0).running == RunningPod(since: pod.now.wall, attempt: 0, revision: 1))
    }

    @Test func `a pod that comes to an attempt that all have come to starts at once`() {
        var pod = PodFixture(attempts: Attempts(previous: 1, current: 2, first: 2))
        #expect(pod.start().started == [0])
    }

    @Test func `a failure that a rule matches brings the whole pod to the barrier, at once and uncounted`() {
        var pod = Self.working([.ruled(.restart, 42), .plain()])
        let effects = pod.fail(0, code: 42)
        #expect(effects.terminated == [1])
        #expect(effects.running == RunningPod(since: pod.now.wall, isReady: false, attempt: 0, revision: 2))
        #expect(pod.end(1, .signaled(15)).isSweep)
        let raised = pod.feed(.swept)
        #expect(raised.actions == [])
        #expect(raised.running == RunningPod(since: pod.now.wall, isReady: false, attempt: 1, revision: 3))
        #expect(pod.feed(.told(Attempts(previous: 0, current: 0))).actions == [])
        #expect(pod.feed(.told(Attempts(previous: 0, current: 1))).started == [0, 1])
    }

    @Test func `no pause comes between one restart in place and the next`() {
        var pod = Self.working()
        for attempt: UInt32 in 1...5 {
            _ = pod.fail(0, code: 42)
            #expect(pod.feed(.swept).running?.attempt == attempt)
            #expect(pod.feed(.told(Attempts(previous: attempt - 1, current: attempt))).started == [0])
        }
    }

    @Test func `without rules the policy decides whether a failure restarts in place`() {
        var pod = Self.working([.plain { $0.restartPolicy = .onFailure }])
        #expect(pod.fail(0).isSweep)
        #expect(pod.feed(.swept).running?.attempt == 1)
    }

    @Test func `a failure without a matching rule under Never fails the pod`() {
        var pod = Self.working()
        _ = pod.fail(0, code: 1)
        #expect(pod.feed(.swept).exit?.cause == .exited(code: 1))
    }

    @Test func `an init container that fails restarts the pod in place as well`() {
        var pod = PodFixture(initContainers: [.ruled(.restart, 42)], attempts: Attempts())
        _ = pod.start()
        _ = pod.feed(.told(Attempts(current: 0)))
        _ = pod.fail(0, code: 42)
        #expect(pod.feed(.swept).running?.attempt == 1)
    }

    @Test func `a sidecar that ends is restarted alone`() {
        var pod = PodFixture(initContainers: [.sidecar()], attempts: Attempts(current: 0, first: 0))
        #expect(pod.start().started == [0, 1])
        #expect(pod.fail(0).started == [0])
    }

    @Test func `a pod of a former attempt stops its containers within the grace period and comes to the barrier`() {
        var pod = Self.working()
        let effects = pod.feed(.told(Attempts(previous: 0, current: 0)))
        #expect(effects.terminated == [0])
        #expect(pod.feed(.told(Attempts(previous: 0, current: 0))).actions == [])
        #expect(pod.end(0, .signaled(15)).isSweep)
        #expect(pod.feed(.swept).running?.attempt == 1)
    }

    @Test func `what is told while the containers are stopped counts afterwards`() {
        var pod = Self.working()
        _ = pod.feed(.told(Attempts(previous: 0, current: 0)))
        _ = pod.feed(.told(Attempts(previous: 2, current: 2)))
        _ = pod.end(0)
        #expect(pod.feed(.swept).running?.attempt == 3)
    }

    @Test func `a pod that waits takes the newest attempt, and never a lower one`() {
        var pod = PodFixture(attempts: Attempts(previous: 3, current: 4))
        #expect(pod.start().running?.attempt == 5)
        #expect(pod.feed(.told(Attempts())).running == nil)
        #expect(pod.feed(.told(Attempts(previous: 6, current: 6))).running?.attempt == 7)
        #expect(pod.feed(.told(Attempts(previous: 6, current: 7))).started == [0])
    }

    @Test func `a pod that has worked is never seen at the same attempt again`() {
        var pod = PodFixture([.ruled(.restart, 42)], attempts: Attempts(current: 9, first: 9))
        #expect(pod.start().started == [0])
        // A coordinator that lost its memory.
        _ = pod.feed(.told(Attempts()))
        _ = pod.fail(0, code: 42)
        #expect(pod.feed(.swept).running?.attempt == 10)
    }

    @Test func `a pod without attempts has no barrier, whatever it is told`() {
        var pod = PodFixture([.ruled(.restart, 42)], restartsMax: 1)
        #expect(pod.start().running == RunningPod(since: pod.now.wall))
        #expect(pod.feed(.told(Attempts(previous: 5, current: 6))).actions == [])
        #expect(pod.fail(0, code: 42).started == [0])
    }

    @Test func `a pod that is stopped at the barrier has not succeeded`() {
        var pod = PodFixture(attempts: Attempts())
        _ = pod.start()
        #expect(pod.feed(.stopAsked).isSweep)
        #expect(pod.feed(.swept).exit?.cause == .signaled(15))
    }
}
