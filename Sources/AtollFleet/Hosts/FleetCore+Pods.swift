import AtollCore
import AtollModel

// Pods: `PodMachine` decides, as on a real host, and processes of a few words do as they are told.
extension FleetCore {
    mutating func perform(_ command: PodCommand, on host: Int, at now: Instant) {
        switch command {
        case .start(let plan): start(plan, on: host, at: now)
        case .stop(let pod): stop(place(of: pod, on: host), at: now)
        case .updateHosts: break
        case .tell(let pod, let attempts): drive(place(of: pod, on: host), .told(attempts), at: now)
        case .forget(let pod): hosts[host].pods[pod] = nil
        }
    }

    private func place(of pod: PodID, on host: Int) -> PodPlace {
        PodPlace(host: host, boot: hosts[host].boot, pod: pod)
    }

    private subscript(place: PodPlace) -> SimulatedPod? {
        get { hosts[place.host].boot == place.boot ? hosts[place.host].pods[place.pod] : nil }
        set { hosts[place.host].pods[place.pod] = newValue }
    }

    private func life(_ number: Int, of pod: PodID) -> PodLife {
        description.pods.life(number, of: pod, seed: description.seed)
    }

    private mutating func start(_ plan: PodPlan, on host: Int, at now: Instant) {
        let place = place(of: plan.pod.id, on: host)
        guard self[place] == nil else { return }
        self[place] = SimulatedPod(plan)
        counts.moved(from: nil, to: .starting)
        agenda.add(.podStarts(place), at: now.uptime + life(0, of: place.pod).startDelay)
    }

    mutating func podStarts(_ place: PodPlace, at now: Instant) {
        drive(place, .started, at: now)
        if self[place]?.isStopPending == true { drive(place, .stopAsked, at: now) }
    }

    private mutating func stop(_ place: PodPlace, at now: Instant) {
        if self[place]?.observation == .starting {
            self[place]?.isStopPending = true
        } else {
            drive(place, .stopAsked, at: now)
        }
    }

    mutating func podWakes(_ place: PodPlace, _ moment: Int64, at now: Instant) {
        guard self[place]?.wakeAt == moment else { return }
        self[place]?.wakeAt = nil
        drive(place, .woken, at: now)
    }

    mutating func containerEnds(
        _ container: Int,
        of place: PodPlace,
        _ life: Int,
        _ cause: PodExit.Cause,
        at now: Instant
    ) {
        guard self[place]?.running[container] == life else { return }
        self[place]?.running[container] = nil
        drive(place, .ended(container: container, cause), at: now)
    }

    /// All that runs in the pods of a host exits with a code.
    mutating func failPods(of host: Int, code: Int32, at now: Instant) {
        for pod in hosts[host].pods.keys.sorted() {
            let place = place(of: pod, on: host)
            for (container, life) in (self[place]?.running ?? [:]).sorted(by: { $0.key < $1.key }) {
                containerEnds(container, of: place, life, .exited(code: code), at: now)
            }
        }
    }

    /// Gives an input to a pod's machine, and does what follows from it, and what follows from that.
    private mutating func drive(_ place: PodPlace, _ input: PodInput, at now: Instant) {
        var inputs = [input]
        while let next = inputs.first, self[place]?.isAlive == true {
            inputs.removeFirst()
            var effects = PodEffects()
            self[place]?.machine.handle(next, at: now, into: &effects)
            for action in effects.actions { inputs += perform(action, of: place, at: now) }
            if let observation = effects.observation { observed(observation, of: place) }
            arm(place, at: effects.wake)
        }
    }

    /// Returns the answer, where that comes at once.
    private mutating func perform(_ action: PodAction, of place: PodPlace, at now: Instant) -> [PodInput] {
        switch action {
        case .start(let container): startContainer(container, of: place, at: now)
        case .terminate(let container): terminate(container, of: place, at: now)
        case .kill(let container):
            guard self[place]?.running.removeValue(forKey: container) != nil else { return [] }
            return [.ended(container: container, .signaled(9))]
        case .sweep:
            let left = (self[place]?.running ?? [:]).keys.sorted()
            self[place]?.running = [:]
            return left.map { .ended(container: $0, .signaled(9)) } + [.swept]
        case .run(let run, _): return [.finished(run, succeeded: true)]
        case .abandon: break
        }
        return []
    }

    private mutating func startContainer(_ container: Int, of place: PodPlace, at now: Instant) {
        guard let number = self[place]?.lives else { return }
        self[place]?.lives = number + 1
        self[place]?.running[container] = number
        counts.containersStarted += 1
        let life = life(number, of: place.pod)
        guard let runTime = life.runTime else { return }
        let cause = PodExit.Cause.exited(code: life.exitCode)
        agenda.add(.containerEnds(place, container: container, life: number, cause), at: now.uptime + runTime)
    }

    private mutating func terminate(_ container: Int, of place: PodPlace, at now: Instant) {
        guard let number = self[place]?.running[container] else { return }
        let end = now.uptime + life(number, of: place.pod).stopTime
        agenda.add(.containerEnds(place, container: container, life: number, .signaled(15)), at: end)
    }

    private mutating func observed(_ observation: PodObservation, of place: PodPlace) {
        counts.moved(from: self[place]?.observation, to: observation)
        self[place]?.observation = observation
        if hosts[place.host].note(place.pod) { unreported.append(place.host) }
    }

    private mutating func arm(_ place: PodPlace, at wake: Instant?) {
        guard let moment = wake?.uptime, moment != self[place]?.wakeAt else { return }
        self[place]?.wakeAt = moment
        agenda.add(.podWakes(place, at: moment), at: moment)
    }
}
