import CLibevent
import Glibc

extension Stream {
    /// Begins to read, unless it was paused before. Once.
    public func start(_ handlers: Handlers) {
        loop.preconditionOnLoop()
        guard let buffers else { return }
        guard case .idle = state else { preconditionFailure("a stream is started once") }
        state = .open(handlers)
        installCallbacks(on: buffers)
        bufferevent_setwatermark(buffers, Int16(EV_READ), 0, limits.readHigh)
        bufferevent_setwatermark(buffers, Int16(EV_WRITE), limits.writeLow, 0)
        bufferevent_set_max_single_write(buffers, 256 << 10)
        bufferevent_enable(buffers, Int16(isPaused ? EV_WRITE : EV_READ | EV_WRITE))
    }

    /// True from `start` until the stream is closed or asked to close.
    public var isOpen: Bool {
        if case .open = state { true } else { false }
    }

    /// Bytes written and not yet given to the kernel.
    public var bufferedWriteBytes: Int { buffers.map { evbuffer_get_length(bufferevent_get_output($0)) } ?? 0 }

    /// Gives `bytes` to the kernel, as far as it takes them at once and nothing waits before them; the rest is copied and
    /// sent when the loop turns. Dropped unless `isOpen`.
    public func write(_ bytes: [UInt8]) {
        loop.preconditionOnLoop()
        guard isOpen, let buffers else { return }
        let waiting = bufferedWriteBytes
        guard bytes.count <= limits.writeMax - waiting else { return finish(.writeBufferFull) }
        let sent = waiting == 0 ? send(bytes, to: bufferevent_getfd(buffers)) : 0
        guard sent < bytes.count else { return }
        let result = bytes.withUnsafeBytes {
            bufferevent_write(buffers, $0.baseAddress.map { $0 + sent }, $0.count - sent)
        }
        guard result == 0 else { return finish(.reset(errno: ENOMEM)) }
        if bufferedWriteBytes > limits.writeHigh { isWritable = false }
    }

    /// Returns how many bytes the kernel took. Without this, each message would take two more system calls, to ask for the
    /// socket to be watched and to have done with that, and the peer would wait for the end of our turn. A connection that
    /// has failed is for libevent to find out, in its own time.
    private func send(_ bytes: [UInt8], to socket: CInt) -> Int {
        let count = bytes.withUnsafeBytes {
            Glibc.send(socket, $0.baseAddress, $0.count, CInt(MSG_DONTWAIT | MSG_NOSIGNAL))
        }
        return max(count, 0)
    }

    /// No `onBytes` until `resumeReading()`; the kernel holds the peer back. Nor is a peer that closes noticed.
    public func pauseReading() {
        loop.preconditionOnLoop()
        isPaused = true
        if isOpen, let buffers { bufferevent_disable(buffers, Int16(EV_READ)) }
    }

    public func resumeReading() {
        loop.preconditionOnLoop()
        guard isPaused else { return }
        isPaused = false
        guard isOpen, let buffers else { return }
        bufferevent_enable(buffers, Int16(EV_READ))
        // What arrived in the same read as the slice that paused us: no later event would bring it.
        let options = BEV_TRIG_DEFER_CALLBACKS.rawValue
        bufferevent_trigger(buffers, Int16(EV_READ), CInt(options))
    }

    /// Ends the stream: at once, dropping what was not sent, or after all of it has reached the peer.
    ///
    /// To flush is to send the rest, close our side and wait for the peer to close its own: a socket closed with
    /// unread bytes in it would send a reset, and the peer could lose our last words (RFC 1122, 4.2.2.13).
    public func close(flushing: Bool) {
        loop.preconditionOnLoop()
        if case .lingering = state, flushing { return }
        guard case .open(let handlers) = state, let buffers, flushing else { return finish(.local) }
        let timer = LoopTimer(on: loop) { [unowned self] in finish(.timedOut) }
        timer.arm(after: limits.lingerTime)
        state = .lingering(handlers, timer)
        bufferevent_setwatermark(buffers, Int16(EV_WRITE), 0, 0)
        bufferevent_enable(buffers, Int16(EV_READ))
        if bufferedWriteBytes == 0 { closeOurSide() }
    }

    func finish(_ reason: CloseReason) {
        guard let buffers else { return }
        // Also where one of its callbacks is running: libevent keeps the memory until that has returned.
        bufferevent_free(buffers)
        self.buffers = nil
        let last = state
        state = .closed
        switch last {
        case .open(let handlers), .lingering(let handlers, _): loop.later { handlers.onClosed(reason) }
        case .idle, .closed: break
        }
    }
}

// What libevent calls.
extension Stream {
    private func installCallbacks(on buffers: OpaquePointer) {
        let readable: bufferevent_data_cb = { _, pointer in Stream.at(pointer)?.readable() }
        let written: bufferevent_data_cb = { _, pointer in Stream.at(pointer)?.written() }
        let failed: bufferevent_event_cb = { _, what, pointer in Stream.at(pointer)?.ended(what, error: errno) }
        bufferevent_setcb(buffers, readable, written, failed, Unmanaged.passUnretained(self).toOpaque())
    }

    private static func at(_ pointer: UnsafeMutableRawPointer?) -> Stream? {
        pointer.map { Unmanaged<Stream>.fromOpaque($0).takeUnretainedValue() }
    }

    private func readable() {
        guard let input = buffers.flatMap({ bufferevent_get_input($0) }) else { return }
        guard case .open(let handlers) = state else {
            evbuffer_drain(input, evbuffer_get_length(input))
            return
        }
        while isOpen, !isPaused {
            let count = evbuffer_get_contiguous_space(input)
            guard count > 0 else { return }
            handlers.onBytes(UnsafeRawBufferPointer(start: evbuffer_pullup(input, count), count: count))
            if buffers != nil { evbuffer_drain(input, count) }
        }
    }

    private func written() {
        switch state {
        case .open(let handlers):
            guard !isWritable else { return }
            isWritable = true
            handlers.onWritable()
        case .lingering:
            if bufferedWriteBytes == 0 { closeOurSide() }
        case .idle, .closed: break
        }
    }

    private func ended(_ what: Int16, error: CInt) {
        if case .lingering = state, Int32(what) & BEV_EVENT_EOF != 0 {
            finish(.local)
        } else if Int32(what) & BEV_EVENT_EOF != 0 {
            finish(.endOfFile)
        } else {
            finish(.reset(errno: error))
        }
    }

    private func closeOurSide() {
        guard let buffers else { return }
        _ = shutdown(bufferevent_getfd(buffers), CInt(SHUT_WR))
    }
}
