import CLibevent
import Glibc

/// One event of libevent: a descriptor, a signal or a time, and what to do about it. Not armed until `add`.
///
/// On the loop. Releasing it is enough to be rid of it, also from within its own handler, which never runs after.
final class LoopEvent {
    /// Gets the descriptor or signal, and the kinds that made the event active (`EV_READ`, `EV_TIMEOUT`, ...).
    typealias Handler = (CInt, Int16) -> Void

    // What C holds a pointer to. Apart, because the event needs the pointer before `self` is complete.
    private final class Context {
        let handler: Handler
        init(_ handler: @escaping Handler) { self.handler = handler }
    }

    private let loop: EventLoop
    private let context: Context
    private let event: OpaquePointer

    init(on loop: EventLoop, descriptor: CInt = -1, kinds: Int32 = 0, handler: @escaping Handler) {
        loop.preconditionOnLoop()
        self.loop = loop
        context = Context(handler)
        // Unretained: `deinit` frees the event, and only then lets the context go.
        let pointer = Unmanaged.passUnretained(context).toOpaque()
        let fire: event_callback_fn = { descriptor, kinds, pointer in
            guard let pointer else { return }
            Unmanaged<Context>.fromOpaque(pointer).takeUnretainedValue().handler(descriptor, kinds)
        }
        guard let event = event_new(loop.base, descriptor, Int16(kinds), fire, pointer) else {
            fatalError("libevent could not allocate an event")
        }
        self.event = event
    }

    deinit { event_free(event) }

    /// Arms the event, and again with another timeout. False, with `errno`, where epoll refuses the descriptor.
    @discardableResult
    func add(timeout: Duration? = nil) -> Bool {
        guard let timeout else { return event_add(event, nil) == 0 }
        var time = timeval(roundingUp: timeout)
        return event_add(event, &time) == 0
    }

    func remove() { event_del(event) }
}

extension timeval {
    /// Whole microseconds; nothing below zero.
    init(roundingUp duration: Duration) {
        let (seconds, attoseconds) = max(duration, .zero).components
        let microseconds = (attoseconds + 999_999_999_999) / 1_000_000_000_000
        // A hundred years: farther would overflow libevent's sums.
        let bounded = min(seconds, 100 * 365 * 86_400)
        self.init(tv_sec: Int(bounded + microseconds / 1_000_000), tv_usec: Int(microseconds % 1_000_000))
    }
}
