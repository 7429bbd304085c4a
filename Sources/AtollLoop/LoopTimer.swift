import Glibc

/// Calls its handler once, a given time after `arm`. Can be armed any number of times, also by its own handler.
///
/// On the loop. Never early by `CLOCK_BOOTTIME`; after the machine slept, late. Releasing the timer cancels it.
public final class LoopTimer {
    private let loop: EventLoop
    private let handler: () -> Void
    private var event: LoopEvent?
    // On CLOCK_BOOTTIME, nanoseconds; nil when not armed.
    private var deadline: Int64?

    public init(on loop: EventLoop, handler: @escaping () -> Void) {
        self.loop = loop
        self.handler = handler
        event = LoopEvent(on: loop) { [unowned self] _, _ in elapsed() }
    }

    public var isArmed: Bool { deadline != nil }

    /// Replaces what was armed before. A delay of zero or less fires soon, never within this call.
    public func arm(after delay: Duration) {
        loop.preconditionOnLoop()
        let (seconds, attoseconds) = max(delay, .zero).components
        // A hundred years are for ever, and add up without overflow.
        let nanoseconds = min(seconds, 100 * 365 * 86_400) * 1_000_000_000 + attoseconds / 1_000_000_000
        deadline = SystemClock.uptime + nanoseconds
        event?.add(timeout: delay)
    }

    public func cancel() {
        loop.preconditionOnLoop()
        deadline = nil
        event?.remove()
    }

    private func elapsed() {
        guard let deadline else { return }
        // libevent reckons from a coarse clock that it read when the loop woke, so it may be early.
        let remaining = deadline - SystemClock.uptime
        guard remaining <= 0 else {
            event?.add(timeout: .nanoseconds(remaining))
            return
        }
        self.deadline = nil
        handler()
    }
}
