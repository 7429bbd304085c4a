import CLibevent
import Glibc

/// Turns signals of this process into calls on the loop, in place of their default action.
///
/// On the loop. libevent serves signals in one loop of a process only. Releasing the source restores what the signals
/// did before. Children of `ChildProcess` start with the default actions in any case.
public final class SignalSource {
    private let loop: EventLoop
    private var events: [LoopEvent] = []

    /// `handler` gets the number; several arrivals between two turns of the loop may be one call.
    public init(on loop: EventLoop, signals: [CInt], handler: @escaping (CInt) -> Void) throws(LoopError) {
        self.loop = loop
        for signal in signals {
            let event = LoopEvent(on: loop, descriptor: signal, kinds: EV_SIGNAL | EV_PERSIST) { signal, _ in
                handler(signal)
            }
            guard event.add() else { throw .system(errno, "handle signal \(signal)") }
            events.append(event)
        }
        Self.unblock(signals)
    }

    /// "A child created via fork(2) inherits a copy of its parent's signal mask; the mask is preserved across execve(2)"
    /// (signal(7)): whoever started us from a thread that blocks signals would keep them from us.
    private static func unblock(_ signals: [CInt]) {
        var set = sigset_t()
        sigemptyset(&set)
        for signal in signals { sigaddset(&set, signal) }
        pthread_sigmask(SIG_UNBLOCK, &set, nil)
    }

    public func cancel() {
        loop.preconditionOnLoop()
        events.removeAll()
    }
}
