import AtollCore
import AtollModel
import Testing

@Suite struct PodProbeTests {
    @Test func `a probe begins after its delay, and again after each period`() {
        let probe = Probe.exec { $0.initialDelay = .seconds(4) }
        var pod = PodFixture([.plain { $0.readinessProbe = probe }])
        #expect(pod.start().runs == [])
        let (delay, effects) = pod.wakeUp()
        #expect(delay == .seconds(4))
        #expect(effects.actions == [.run(effects.run, probe.action)])
        #expect(effects.run.purpose == .readinessProbe)
        _ = pod.succeed(effects.run)
        let (period, next) = pod.wakeUp()
        #expect(period == .seconds(10))
        #expect(next.runs.map(\.number) == [effects.run.number + 1])
    }

    @Test func `readiness follows its thresholds`() {
        let probe = Probe.exec(failureThreshold: 2) { $0.successThreshold = 2 }
        var pod = PodFixture([.plain { $0.readinessProbe = probe }])
        var run = pod.start().run
        var ready: [Bool?] = []
        for succeeded in [true, false, true, true, false, true, false, false] {
            ready.append(pod.feed(.finished(run, succeeded: succeeded)).running?.isReady)
            run = pod.wakeUp().effects.run
        }
        #expect(ready == [nil, nil, nil, true, nil, nil, nil, false])
    }

    @Test func `a probe that takes too long has failed and is abandoned`() {
        var pod = PodFixture([.plain { $0.readinessProbe = .exec { $0.timeout = .seconds(2) } }])
        let run = pod.start().run
        let (pause, effects) = pod.wakeUp()
        #expect(pause == .seconds(2))
        #expect(effects.actions == [.abandon(run)])
        // Its late answer changes nothing.
        #expect(pod.succeed(run).running == nil)
    }

    @Test func `a period of nothing is no loop without a pause`() {
        var pod = PodFixture([.plain { $0.readinessProbe = .exec { $0.period = .zero } }])
        _ = pod.succeed(pod.start().run)
        #expect(pod.wakeUp().after == .milliseconds(10))
    }

    @Test func `the other probes wait for the startup probe`() {
        let spec = ContainerSpec.plain {
            $0.startupProbe = .exec(failureThreshold: 2)
            $0.readinessProbe = .exec()
            $0.livenessProbe = .exec()
        }
        var pod = PodFixture([spec])
        let first = pod.start()
        #expect(first.runs.map(\.purpose) == [.startupProbe])
        #expect(pod.fail(first.run).runs == [])
        let second = pod.wakeUp().effects
        #expect(second.runs.map(\.purpose) == [.startupProbe])
        #expect(pod.succeed(second.run).runs.map(\.purpose) == [.readinessProbe, .livenessProbe])
    }

    @Test func `a container whose liveness probe fails is stopped, killed after the grace period and restarted`() {
        let spec = ContainerSpec.plain { $0.livenessProbe = .exec(failureThreshold: 2) }
        var pod = PodFixture([spec], policy: .onFailure, restartsMax: 1, grace: .seconds(7))
        #expect(pod.fail(pod.start().run).terminated == [])
        let effects = pod.fail(pod.wakeUp().effects.run)
        #expect(effects.actions == [.terminate(container: 0)])
        #expect(effects.running?.isReady == false)
        let (grace, late) = pod.wakeUp()
        #expect(grace == .seconds(7))
        #expect(late.actions == [.kill(container: 0)])
        #expect(late.wake == nil)
        #expect(pod.end(0, .signaled(9)).started == [0])
    }

    @Test func `a container that was stopped for its probe has failed, even if it ends with 0`() {
        var pod = PodFixture([.plain { $0.livenessProbe = .exec() }], policy: .onFailure, restartsMax: 1)
        _ = pod.fail(pod.start().run)
        let restarted = pod.end(0)
        #expect(restarted.started == [0])
        _ = pod.fail(restarted.run)
        #expect(pod.end(0).isSweep)
        let message = "container c0 was stopped because its liveness probe failed"
        let exit = PodExit(cause: .signaled(15), container: "c0", at: pod.now.wall, message: message)
        #expect(pod.feed(.swept).exit == exit)
    }

    @Test func `a probe's own grace period goes before the pod's`() {
        let probe = Probe.exec { $0.terminationGrace = .seconds(1) }
        var pod = PodFixture([.plain { $0.startupProbe = probe }])
        _ = pod.fail(pod.start().run)
        #expect(pod.wakeUp().after == .seconds(1))
    }

    @Test func `the other probes of a container that is stopped are abandoned`() {
        let spec = ContainerSpec.plain {
            $0.readinessProbe = .exec()
            $0.livenessProbe = .exec()
        }
        var pod = PodFixture([spec])
        let runs = pod.start().runs
        guard let readiness = runs.first, let liveness = runs.last else { return #expect(runs.count == 2) }
        #expect(pod.fail(liveness).actions == [.abandon(readiness), .terminate(container: 0)])
        #expect(pod.fail(readiness).actions == [])
    }

    @Test func `probes begin anew with a restarted container`() {
        let spec = ContainerSpec.plain { $0.readinessProbe = .exec() }
        var pod = PodFixture([spec], policy: .onFailure, restartsMax: 1)
        let first = pod.start().run
        #expect(pod.succeed(first).running?.isReady == true)
        let effects = pod.fail(0)
        #expect(effects.running?.isReady == false)
        #expect(effects.runs.map(\.number) == [first.number + 1])
        // Of its former life.
        #expect(pod.succeed(first).running == nil)
        #expect(pod.succeed(effects.run).running?.isReady == true)
    }

    @Test func `a sleep is counted without being run`() {
        let spec = ContainerSpec.plain { $0.postStart = .sleep(.seconds(3)) }
        var pod = PodFixture([spec])
        let effects = pod.start()
        #expect(effects.actions == [.start(container: 0)])
        #expect(effects.running?.isReady == false)
        let (pause, later) = pod.wakeUp()
        #expect(pause == .seconds(3))
        #expect(later.running?.isReady == true)
    }
}
