import AtollModel

/// Until when this host's pods may run without a word from a coordinator.
///
/// The agent says when it sent each hello and heartbeat. Once one is answered, the pods end `length` after that moment,
/// on this host's clock, unless another answer comes; their supervisors see to it, whether or not an agent lives. The
/// coordinator counts from when it heard the same message, which was later, so that it never believes in an end that is
/// still to come.
///
/// `length` is the shorter of what the operator wants now and what the coordinator counts with. A change of the
/// operator's mind is safe either way: a shorter one holds before the coordinator is told (the facts follow the
/// welcome), a longer one or none holds only when the coordinator says that it counts with it, and so has it on disk.
struct PodLease: Equatable, Sendable {
    /// Nil for none.
    private(set) var length: Duration?
    /// Nanoseconds of `CLOCK_BOOTTIME`; nil for no end.
    private(set) var deadline: Int64?
    /// When the newest message that was answered had been sent.
    private var newest: Int64?

    /// False when the pods have ended by themselves, or are about to: nothing may be started.
    func isInForce(at now: Instant) -> Bool { deadline.map { now.uptime < $0 } ?? true }

    /// Takes an answer to what was sent at `sent`. Returns what the supervisors must be told; nil when nothing changes, as
    /// with an answer that comes after a newer one.
    mutating func answered(
        sent: Int64,
        wanted: Duration?,
        counted: Duration?,
        at now: Instant
    ) -> LeaseChange? {
        guard newest.map({ $0 < sent }) ?? true, sent <= now.uptime else { return nil }
        let isFirst = newest == nil
        newest = sent
        return set([wanted, counted].compactMap(\.self).min(), from: sent, isFirst: isFirst)
    }

    /// The coordinator is of a release that renews no lease, and opens no island for one either.
    mutating func suspend() -> LeaseChange? { set(nil, from: 0, isFirst: true) }

    private mutating func set(_ length: Duration?, from sent: Int64, isFirst: Bool) -> LeaseChange? {
        let had = self.length != nil
        self.length = length
        deadline = length.map { sent + $0.nanoseconds }
        if let deadline { return .until(deadline) }
        return had || isFirst ? .unlimited : nil
    }
}
