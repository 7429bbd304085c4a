import AtollModel

// What begins, and when.
extension PodMachine {
    /// With the first init container, unless the barrier is up.
    mutating func begin() {
        if barrier?.mayBeLowered == true { barrier?.lower() }
        phase = barrier?.isUp == true ? .atBarrier : .running
    }

    /// Does all that is due now.
    mutating func settle(at now: Instant, into effects: inout PodEffects) {
        if case .pausing(let until) = phase, until <= now { begin() }
        if phase == .atBarrier { begin() }
        stopInOrder(at: now, into: &effects)
        if case .sweeping = phase { return }
        for index in containers.indices { update(index) { $0.tick(at: now, into: &effects) } }
        guard phase == .running else { return }
        startWhatIsDue(at: now, into: &effects)
        if containers.allSatisfy({ $0.role != .regular || $0.phase == .ended }) {
            stop(at: now, into: &effects)
            stopInOrder(at: now, into: &effects)
        }
    }

    private mutating func startWhatIsDue(at now: Instant, into effects: inout PodEffects) {
        for index in containers.indices {
            switch containers[index].phase {
            case .waiting: start(index, at: now, into: &effects)
            case .backingOff(let until): if until <= now { start(index, at: now, into: &effects) }
            case .running, .ended: break
            }
            guard isPassed(index) else { return }
        }
    }

    /// What comes after it may begin.
    private func isPassed(_ index: Int) -> Bool {
        switch containers[index].role {
        case .initial: containers[index].phase == .ended
        case .sidecar: containers[index].hasStartedUp
        case .regular: true
        }
    }

    private mutating func start(_ index: Int, at now: Instant, into effects: inout PodEffects) {
        let container = containers[index]
        let running = RunningContainer(
            index,
            container.spec,
            grace: grace,
            lastRun: container.lastRun,
            at: now,
            into: &effects
        )
        containers[index].phase = .running(running)
        update(index) { $0.tick(at: now, into: &effects) }
    }
}

// Restarts in place.
extension PodMachine {
    mutating func told(_ attempts: InPlaceAttempts, at now: Instant) {
        barrier?.told(attempts)
        guard phase == .running, barrier?.isOutdated == true else { return }
        restartAll(notBefore: now, at: now)
    }

    /// Stops all containers, to begin anew.
    mutating func restartAll(notBefore: Instant, at now: Instant) {
        phase = .restarting(deadline: now.advanced(by: grace), notBefore: notBefore)
    }

    mutating func swept() {
        guard case .sweeping(let sweep) = phase else { return }
        switch sweep {
        case .toEnd: phase = .ended
        case .toRestart(let notBefore):
            for index in containers.indices { containers[index].reset() }
            barrier?.raise()
            phase = .pausing(until: notBefore)
        }
    }
}
