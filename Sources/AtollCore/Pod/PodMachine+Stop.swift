import AtollModel

// How a pod is brought to its end, or to a new beginning.
extension PodMachine {
    /// For good, within one grace period for all containers.
    mutating func stop(at now: Instant, into effects: inout PodEffects) {
        let deadline = now.advanced(by: grace)
        switch phase {
        case .idle, .atBarrier, .pausing: sweep(.toEnd, into: &effects)
        case .running: phase = .stopping(deadline: deadline)
        // What was asked to end for a new beginning has been asked already.
        case .restarting(let earlier, _): phase = .stopping(deadline: min(deadline, earlier))
        case .sweeping: phase = .sweeping(.toEnd)
        case .stopping, .ended: break
        }
    }

    mutating func kill(_ message: String, at now: Instant, into effects: inout PodEffects) {
        guard phase != .sweeping(.toEnd) else { return }
        killMessage = message
        sweep(.toEnd, into: &effects)
    }

    /// Regular containers and the init container that runs at once, then the sidecars one by one, the last one first.
    mutating func stopInOrder(at now: Instant, into effects: inout PodEffects) {
        let deadline: Instant
        let next: Sweep
        switch phase {
        case .restarting(let until, let notBefore): (deadline, next) = (until, .toRestart(notBefore: notBefore))
        case .stopping(let until): (deadline, next) = (until, .toEnd)
        case .idle, .atBarrier, .pausing, .running, .sweeping, .ended: return
        }
        let running = containers.indices.filter { containers[$0].running != nil }
        guard deadline > now, !running.isEmpty else { return sweep(next, into: &effects) }
        let first = running.filter { containers[$0].role != .sidecar }
        for index in first.isEmpty ? Array(running.suffix(1)) : first {
            update(index) { $0.stop(by: deadline, at: now, into: &effects) }
        }
    }

    private mutating func sweep(_ next: Sweep, into effects: inout PodEffects) {
        let isUnderWay = if case .sweeping = phase { true } else { false }
        phase = .sweeping(next)
        for index in containers.indices { update(index) { $0.abandonAll(into: &effects) } }
        if !isUnderWay { effects.actions.append(.sweep) }
    }
}
