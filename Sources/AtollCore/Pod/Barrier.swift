import AtollModel

/// Where a pod that is restarted in place waits until all pods of its JobSet have come to the same attempt.
///
/// Source: KEP-467 of JobSet, semantics b.9; what is said there of the pod's agent is said here of its supervisor.
struct Barrier: Equatable, Sendable {
    /// The pod's own; it only grows.
    private(set) var attempt: UInt32
    /// No container runs while it is.
    private(set) var isUp = true
    /// Told last.
    private var attempts: InPlaceAttempts

    init(_ attempts: InPlaceAttempts) {
        self.attempts = attempts
        attempt = attempts.first ?? attempts.next
    }

    /// The pod's JobSet has gone on: its containers are to be started anew.
    var isOutdated: Bool { attempts.previous.map { attempt <= $0 } ?? false }

    var mayBeLowered: Bool { isUp && attempts.current == attempt }

    mutating func told(_ attempts: InPlaceAttempts) {
        self.attempts = attempts
        if isUp, isOutdated { raise() }
    }

    mutating func lower() { isUp = false }

    /// With the next attempt, once all containers have been stopped.
    mutating func raise() {
        // Whatever we are told, a pod that has worked at an attempt must not seem to be at it still.
        let least = isUp ? attempt : attempt.addingReportingOverflow(1).overflow ? .max : attempt + 1
        attempt = max(least, attempts.next)
        isUp = true
    }
}

extension InPlaceAttempts {
    /// The attempt of a pod that begins now. After a store was restored from a backup the previous one may be ahead.
    fileprivate var next: UInt32 { max(after(current), after(previous)) }

    private func after(_ attempt: UInt32?) -> UInt32 { attempt.map { $0 == .max ? $0 : $0 + 1 } ?? 0 }
}
