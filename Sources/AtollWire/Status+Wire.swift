// Mirrors proto/atoll/v1/status.proto.
import AtollModel
import CAtollWire

extension StatusBatch: WireValue {
    static func clear(_ c: UnsafeMutablePointer<Atoll__V1__StatusBatch>) { atoll__v1__status_batch__init(c) }

    func write(to c: inout Atoll__V1__StatusBatch, in arena: borrowing WireArena) {
        c.epoch = epoch.rawValue
        c.applied = applied.rawValue
        c.complete = complete ? 1 : 0
        (c.n_pods, c.pods) = arena.messages(pods)
        (c.n_removed_claims, c.removed_claims) = arena.texts(removedClaims.map(\.text))
    }

    init(wire c: Atoll__V1__StatusBatch) throws(WireError) {
        let read = FieldReader("StatusBatch")
        self.init(
            epoch: Epoch(c.epoch),
            applied: Generation(c.applied),
            complete: c.complete != 0,
            pods: try read.messages(c.pods, c.n_pods),
            removedClaims: try read.texts(c.removed_claims, c.n_removed_claims, "removed_claims").map(ObjectUID.init)
        )
    }
}

extension PodReport: WireValue {
    static func clear(_ c: UnsafeMutablePointer<Atoll__V1__PodReport>) { atoll__v1__pod_report__init(c) }

    func write(to c: inout Atoll__V1__PodReport, in arena: borrowing WireArena) {
        c.pod = arena.message(pod)
        c.observation = arena.message(observation)
    }

    init(wire c: Atoll__V1__PodReport) throws(WireError) {
        let read = FieldReader("PodReport")
        self.init(pod: try read.message(c.pod, "pod"), observation: try read.message(c.observation, "observation"))
    }
}

extension PodObservation: WireValue {
    static func clear(_ c: UnsafeMutablePointer<Atoll__V1__PodObservation>) { atoll__v1__pod_observation__init(c) }

    func write(to c: inout Atoll__V1__PodObservation, in arena: borrowing WireArena) {
        switch self {
        case .starting:
            c.phase = ATOLL__V1__POD_OBSERVATION__PHASE__STARTING
        case .running(let running):
            c.phase = ATOLL__V1__POD_OBSERVATION__PHASE__RUNNING
            running.write(to: &c)
        case .stopping:
            c.phase = ATOLL__V1__POD_OBSERVATION__PHASE__STOPPING
        case .ended(let exit):
            c.phase = ATOLL__V1__POD_OBSERVATION__PHASE__ENDED
            c.exit = arena.message(exit)
        }
    }

    init(wire c: Atoll__V1__PodObservation) throws(WireError) {
        let read = FieldReader("PodObservation")
        self =
            switch c.phase {
            case ATOLL__V1__POD_OBSERVATION__PHASE__STARTING: .starting
            case ATOLL__V1__POD_OBSERVATION__PHASE__RUNNING:
                .running(RunningPod(wire: c))
            case ATOLL__V1__POD_OBSERVATION__PHASE__STOPPING: .stopping
            case ATOLL__V1__POD_OBSERVATION__PHASE__ENDED: .ended(try read.message(c.exit, "exit"))
            default: throw read.unknown(c.phase.rawValue, "phase")
            }
    }
}

extension RunningPod {
    fileprivate func write(to c: inout Atoll__V1__PodObservation) {
        c.running_since_ns = since.nanoseconds
        c.unready = isReady ? 0 : 1
        c.restarts = restarts
        if let attempt {
            c.attempt_presence_case = ATOLL__V1__POD_OBSERVATION__ATTEMPT_PRESENCE_ATTEMPT
            c.attempt = attempt
        }
        c.revision = revision
    }

    fileprivate init(wire c: Atoll__V1__PodObservation) {
        let hasAttempt = c.attempt_presence_case == ATOLL__V1__POD_OBSERVATION__ATTEMPT_PRESENCE_ATTEMPT
        self.init(
            since: Timestamp(nanoseconds: c.running_since_ns),
            isReady: c.unready == 0,
            restarts: c.restarts,
            attempt: hasAttempt ? c.attempt : nil,
            revision: c.revision
        )
    }
}

extension PodExit: WireValue {
    static func clear(_ c: UnsafeMutablePointer<Atoll__V1__PodExit>) { atoll__v1__pod_exit__init(c) }

    func write(to c: inout Atoll__V1__PodExit, in arena: borrowing WireArena) {
        switch cause {
        case .exited(let code):
            c.cause = ATOLL__V1__POD_EXIT__CAUSE__EXITED
            c.number = code
        case .signaled(let signal):
            c.cause = ATOLL__V1__POD_EXIT__CAUSE__SIGNALED
            c.number = signal
        case .startFailed:
            c.cause = ATOLL__V1__POD_EXIT__CAUSE__START_FAILED
        case .lost:
            c.cause = ATOLL__V1__POD_EXIT__CAUSE__LOST
        }
        c.container = arena.text(container)
        c.at_ns = at.nanoseconds
        c.message = arena.text(message)
    }

    init(wire c: Atoll__V1__PodExit) throws(WireError) {
        let read = FieldReader("PodExit")
        let cause: Cause =
            switch c.cause {
            case ATOLL__V1__POD_EXIT__CAUSE__EXITED: .exited(code: c.number)
            case ATOLL__V1__POD_EXIT__CAUSE__SIGNALED: .signaled(c.number)
            case ATOLL__V1__POD_EXIT__CAUSE__START_FAILED: .startFailed
            case ATOLL__V1__POD_EXIT__CAUSE__LOST: .lost
            default: throw read.unknown(c.cause.rawValue, "cause")
            }
        self.init(
            cause: cause,
            container: try read.text(c.container, "container"),
            at: Timestamp(nanoseconds: c.at_ns),
            message: try read.text(c.message, "message")
        )
    }
}
