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
    }

    public func cancel() {
        loop.preconditionOnLoop()
        events.removeAll()
    }
}
