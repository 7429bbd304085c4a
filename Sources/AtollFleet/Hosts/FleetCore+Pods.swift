import AtollCore
import AtollModel

// Pods: `PodMachine` decides, as on a real host, and processes of a few words do as they are told.
extension FleetCore {
    mutating func perform(_ command: PodCommand, on host: Int, at now: Instant) {
        switch command {
        case .start(let plan): start(plan, on: host, at: now)
        case .stop(let pod): stop(place(of: pod, on: host), at: now)
        case .updateHosts: break
        case .tell(let pod, let attempts): tell(place(of: pod, on: host), attempts, at: now)
        case .forget(let pod): hosts[host].pods[pod] = nil
        }
    }

    private func place(of pod: PodID, on host: Int) -> PodPlace {
        PodPlace(host: host, boot: hosts[host].boot, pod: pod)
    }

    /// Takes a pod out for as long as it is changed: its machine is large, and copied where it is held twice. Does nothing
    /// once the pod, or the boot that it belongs to, is gone.
    private mutating func change(_ place: PodPlace, _ body: (inout FleetCore, inout SimulatedPod) -> Void) {
        guard hosts[place.host].boot == place.boot, var pod = hosts[place.host].pods.removeValue(forKey: place.pod)
        else { return }
        body(&self, &pod)
        hosts[place.host].pods[place.pod] = pod
    }

    private func life(_ number: Int, of pod: PodID) -> PodLife {
        description.pods.life(number, of: pod, seed: description.seed)
    }

    private mutating func start(_ plan: PodPlan, on host: Int, at now: Instant) {
        let place = place(of: plan.pod.id, on: host)
        guard hosts[host].pods[place.pod] == nil else { return }
        hosts[host].pods[place.pod] = SimulatedPod(plan)
        counts.moved(from: nil, to: .starting)
        agenda.add(.podStarts(place), at: now.uptime + life(0, of: place.pod).startDelay)
    }

    mutating func podStarts(_ place: PodPlace, at now: Instant) {
        change(place) { core, pod in
            core.drive(&pod, at: place, .started, now)
            if pod.isStopPending { core.drive(&pod, at: place, .stopAsked, now) }
        }
    }

    private mutating func stop(_ place: PodPlace, at now: Instant) {
        change(place) { core, pod in
            if pod.observation == .starting {
                pod.isStopPending = true
            } else {
                core.drive(&pod, at: place, .stopAsked, now)
            }
        }
    }

    private mutating func tell(_ place: PodPlace, _ attempts: InPlaceAttempts, at now: Instant) {
        change(place) { core, pod in core.drive(&pod, at: place, .told(attempts), now) }
    }

    mutating func podWakes(_ place: PodPlace, _ moment: Int64, at now: Instant) {
        change(place) { core, pod in
            guard pod.wakeAt == moment else { return }
            pod.wakeAt = nil
            core.drive(&pod, at: place, .woken, now)
        }
    }

    mutating func containerEnds(
        _ container: Int,
        of place: PodPlace,
        _ life: Int,
        _ cause: PodExit.Cause,
        at now: Instant
    ) {
        change(place) { core, pod in
            guard pod.running[container] == life else { return }
            pod.running[container] = nil
            core.drive(&pod, at: place, .ended(container: container, cause), now)
        }
    }

    /// All that runs in the pods of a host exits with a code.
    mutating func failPods(of host: Int, code: Int32, at now: Instant) {
        for (id, pod) in hosts[host].pods.sorted(by: { $0.key < $1.key }) {
            for (container, life) in pod.running.sorted(by: { $0.key < $1.key }) {
                containerEnds(container, of: place(of: id, on: host), life, .exited(code: code), at: now)
            }
        }
    }

    /// Gives an input to a pod's machine, and does what follows from it, and what follows from that.
    private mutating func drive(_ pod: inout SimulatedPod, at place: PodPlace, _ input: PodInput, _ now: Instant) {
        var inputs = [input]
        while let next = inputs.first, pod.isAlive {
            inputs.removeFirst()
            var effects = PodEffects()
            pod.machine.handle(next, at: now, into: &effects)
            for action in effects.actions { inputs += perform(action, on: &pod, at: place, now) }
            if let observation = effects.observation { observe(observation, of: &pod, at: place) }
            arm(&pod, at: place, effects.wake)
        }
    }

    /// Returns the answer, where that comes at once.
    private mutating func perform(
        _ action: PodAction,
        on pod: inout SimulatedPod,
        at place: PodPlace,
        _ now: Instant
    ) -> [PodInput] {
        switch action {
        case .start(let container): startContainer(container, of: &pod, at: place, now)
        case .terminate(let container): terminate(container, of: pod, at: place, now)
        case .kill(let container):
            guard pod.running.removeValue(forKey: container) != nil else { return [] }
            return [.ended(container: container, .signaled(9))]
        case .sweep:
            let left = pod.running.keys.sorted()
            pod.running = [:]
            return left.map { .ended(container: $0, .signaled(9)) } + [.swept]
        case .run(let run, _): return [.finished(run, succeeded: true)]
        case .abandon: break
        }
        return []
    }

    private mutating func startContainer(
        _ container: Int,
        of pod: inout SimulatedPod,
        at place: PodPlace,
        _ now: Instant
    ) {
        let number = pod.lives
        pod.lives += 1
        pod.running[container] = number
        counts.containersStarted += 1
        let life = life(number, of: place.pod)
        guard let runTime = life.runTime else { return }
        let cause = PodExit.Cause.exited(code: life.exitCode)
        agenda.add(.containerEnds(place, container: container, life: number, cause), at: now.uptime + runTime)
    }

    private mutating func terminate(_ container: Int, of pod: SimulatedPod, at place: PodPlace, _ now: Instant) {
        guard let number = pod.running[container] else { return }
        let end = now.uptime + life(number, of: place.pod).stopTime
        agenda.add(.containerEnds(place, container: container, life: number, .signaled(15)), at: end)
    }

    private mutating func observe(_ observation: PodObservation, of pod: inout SimulatedPod, at place: PodPlace) {
        counts.moved(from: pod.observation, to: observation)
        pod.observation = observation
        if hosts[place.host].note(place.pod) { unreported.append(place.host) }
    }

    private mutating func arm(_ pod: inout SimulatedPod, at place: PodPlace, _ wake: Instant?) {
        guard let moment = wake?.uptime, moment != pod.wakeAt else { return }
        pod.wakeAt = moment
        agenda.add(.podWakes(place, at: moment), at: moment)
    }
}
