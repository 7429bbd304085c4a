import AtollModel

// What becomes of a container that has ended, and of its pod.
extension PodMachine {
    mutating func startFailed(_ index: Int, _ message: String, at now: Instant, into effects: inout PodEffects) {
        guard containers.indices.contains(index), containers[index].running != nil else { return }
        update(index) { $0.abandonAll(into: &effects) }
        containers[index].phase = .ended
        if decision == nil { decision = Decision(cause: .startFailed, container: "", message: message) }
        stop(at: now, into: &effects)
    }

    mutating func ended(_ index: Int, _ cause: PodExit.Cause, at now: Instant, into effects: inout PodEffects) {
        guard containers.indices.contains(index), let running = containers[index].running else { return }
        update(index) { $0.abandonAll(into: &effects) }
        let end = ContainerEnd(cause: cause, reason: running.failure)
        switch phase {
        case .running: decide(index, end, after: now.duration(since: running.start), at: now, into: &effects)
        case .restarting, .sweeping(.toRestart): containers[index].phase = .waiting
        case .stopping, .sweeping(.toEnd):
            containers[index].phase = .ended
            if containers[index].role != .sidecar, cause != .exited(code: 0) { fail(index, end) }
        case .idle, .atBarrier, .pausing, .ended:
            preconditionFailure("container \(index) ran while its pod was \(phase)")
        }
    }

    private mutating func decide(
        _ index: Int,
        _ end: ContainerEnd,
        after lifetime: Duration,
        at now: Instant,
        into effects: inout PodEffects
    ) {
        let consequence = containers[index].consequence(of: end)
        switch consequence {
        case .succeed: containers[index].phase = .ended
        case .fail: failAndStop(index, end, at: now, into: &effects)
        case .restart, .restartAll:
            let isAlone = consequence == .restart
            if isAlone, containers[index].role == .sidecar {
                backOff(index, end, after: lifetime, at: now)
            } else if barrier != nil {
                containers[index].phase = .waiting
                restartAll(notBefore: now, at: now)
            } else if restarts < restartsMax {
                restarts += 1
                let until = backOff(index, end, after: lifetime, at: now)
                if !isAlone { restartAll(notBefore: until, at: now) }
            } else if end.isFailure {
                failAndStop(index, end, at: now, into: &effects)
            } else {
                // It has done what it was there for, and may not do it again.
                containers[index].phase = .ended
            }
        }
    }

    @discardableResult
    private mutating func backOff(
        _ index: Int,
        _ end: ContainerEnd,
        after lifetime: Duration,
        at now: Instant
    ) -> Instant {
        let until = now.advanced(by: containers[index].backoff.next(after: lifetime))
        containers[index].phase = .backingOff(until: until)
        containers[index].lastFailure = end.isFailure ? end : nil
        return until
    }

    private mutating func failAndStop(
        _ index: Int,
        _ end: ContainerEnd,
        at now: Instant,
        into effects: inout PodEffects
    ) {
        containers[index].phase = .ended
        fail(index, end)
        stop(at: now, into: &effects)
    }

    private mutating func fail(_ index: Int, _ end: ContainerEnd) {
        guard decision == nil else { return }
        let name = containers[index].spec.name
        let message = end.reason.isEmpty ? "" : "container \(name) was stopped because \(end.reason)"
        decision = Decision(cause: end.failureCause, container: name, message: message)
    }
}
