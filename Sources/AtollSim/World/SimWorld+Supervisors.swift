import AtollCore
import AtollModel

/// Supervisors of pods: `PodMachine` decides, and processes of a few words do as they are told.
extension SimWorld {
    mutating func supervisorStarts(_ pod: PodID, on host: Int, boot: Int) {
        guard hosts[host].boot == boot, hosts[host].pods[pod]?.isSilent == true else { return }
        drive(pod, on: host, .started)
        guard hosts[host].pods[pod]?.isStopPending == true else { return }
        drive(pod, on: host, .stopAsked)
    }

    mutating func supervisorWakes(_ pod: PodID, on host: Int, boot: Int, at moment: Int64) {
        guard hosts[host].boot == boot, hosts[host].pods[pod]?.wakeAt == moment else { return }
        hosts[host].pods[pod]?.wakeAt = nil
        drive(pod, on: host, .woken)
    }

    mutating func containerEnds(
        _ container: Int,
        of pod: PodID,
        on host: Int,
        boot: Int,
        life: Int,
        cause: PodExit.Cause
    ) {
        guard hosts[host].boot == boot, hosts[host].isUp, hosts[host].pods[pod]?.running[container] == life else {
            return
        }
        end(container, of: pod, on: host)
        // Its restart counts as a failure of its job, although no pod has ended.
        if cause != .exited(code: 0), let jobSet = hosts[host].pods[pod]?.plan.launch.jobSetUID {
            checker.processes.noteFailure(of: jobSet)
        }
        drive(pod, on: host, .ended(container: container, cause))
    }

    /// Gives an input to a pod's machine, and does what follows from it, and what follows from that.
    mutating func drive(_ pod: PodID, on host: Int, _ input: PodInput) {
        var inputs = [input]
        while let next = inputs.first, hosts[host].isUp, hosts[host].pods[pod]?.isAlive == true {
            inputs.removeFirst()
            var effects = PodEffects()
            let instant = instant(on: host)
            hosts[host].pods[pod]?.machine.handle(next, at: instant, into: &effects)
            for action in effects.actions { inputs += perform(action, of: pod, on: host) }
            if let observation = effects.observation { observed(observation, of: pod, on: host) }
            arm(pod, on: host, at: effects.wake)
        }
    }

    /// Returns the answer, where that comes at once.
    private mutating func perform(_ action: PodAction, of pod: PodID, on host: Int) -> [PodInput] {
        switch action {
        case .start(let container): return startContainer(container, of: pod, on: host)
        case .terminate(let container): terminate(container, of: pod, on: host)
        case .kill(let container):
            guard hosts[host].pods[pod]?.running[container] != nil else { return [] }
            end(container, of: pod, on: host)
            return [.ended(container: container, .signaled(9))]
        case .sweep:
            let left = hosts[host].pods[pod]?.running.keys ?? []
            for container in left { end(container, of: pod, on: host) }
            return left.map { .ended(container: $0, .signaled(9)) } + [.swept]
        case .run(let run, _): return [.finished(run, succeeded: true)]
        case .abandon: break
        }
        return []
    }

    private mutating func startContainer(_ container: Int, of pod: PodID, on host: Int) -> [PodInput] {
        guard var target = hosts[host].pods[pod] else { return [] }
        let life = target.lives
        target.script = script(of: pod, life: life)
        target.lives += 1
        if target.script.cannotStart {
            hosts[host].pods[pod] = target
            return [.startFailed(container: container, message: "drawn so")]
        }
        target.running[container] = life
        hosts[host].pods[pod] = target
        checker.containersRun(of: pod, on: host, attempt: target.machine.attempt, in: self)
        schedule(
            .containerEnds(
                host: host,
                boot: hosts[host].boot,
                pod,
                container: container,
                life: life,
                target.script.exit
            ),
            after: target.script.runTime
        )
        return []
    }

    private mutating func terminate(_ container: Int, of pod: PodID, on host: Int) {
        guard let target = hosts[host].pods[pod], let life = target.running[container], !target.script.ignoresTerm
        else { return }
        schedule(
            .containerEnds(
                host: host,
                boot: hosts[host].boot,
                pod,
                container: container,
                life: life,
                .signaled(15)
            ),
            after: target.script.stopTime
        )
    }

    private mutating func end(_ container: Int, of pod: PodID, on host: Int) {
        hosts[host].pods[pod]?.running[container] = nil
        checker.processes.containersEnd(of: pod, on: host)
    }

    private mutating func observed(_ observation: PodObservation, of pod: PodID, on host: Int) {
        if case .ended(let exit) = observation {
            hosts[host].pods[pod]?.isAlive = false
            trace.note(at: now, "host \(host): pod \(pod) ended, \(exit.cause)")
            checker.processEnded(pod, cause: exit.cause, host: host)
        }
        write(observation, of: pod, on: host)
    }

    private mutating func arm(_ pod: PodID, on host: Int, at wake: Instant?) {
        guard let moment = wake.map({ max($0.uptime, now) }), moment != hosts[host].pods[pod]?.wakeAt else {
            if wake == nil { hosts[host].pods[pod]?.wakeAt = nil }
            return
        }
        hosts[host].pods[pod]?.wakeAt = moment
        queue.add(.supervisorWakes(host: host, boot: hosts[host].boot, pod, at: moment), at: moment)
    }
}
