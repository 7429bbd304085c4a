import CLibevent
import Glibc

/// Calls its handler as long as a descriptor has something to read: inotify, pidfd, netlink, a listening socket.
///
/// On the loop. Level-triggered: a handler that does not read is called again. The descriptor stays the caller's, who
/// cancels or releases the watch before closing it.
public final class DescriptorWatch {
    private let loop: EventLoop
    private var event: LoopEvent?

    /// Throws where the descriptor cannot be polled, as regular files cannot (epoll_ctl(2), EPERM).
    public init(on loop: EventLoop, descriptor: CInt, handler: @escaping () -> Void) throws(LoopError) {
        self.loop = loop
        event = LoopEvent(on: loop, descriptor: descriptor, kinds: EV_READ | EV_PERSIST) { _, _ in handler() }
        try resume()
    }

    /// The handler is not called until `resume()`.
    public func pause() {
        loop.preconditionOnLoop()
        event?.remove()
    }

    public func resume() throws(LoopError) {
        loop.preconditionOnLoop()
        guard let event, !event.add() else { return }
        throw .system(errno, "watch a descriptor")
    }

    /// The handler is not called again, and is released.
    public func cancel() {
        loop.preconditionOnLoop()
        event = nil
    }
}
