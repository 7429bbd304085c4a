import CLibevent
import Glibc

extension Stream {
    /// Begins to read, unless it was paused before. Once.
    public func start(_ handlers: Handlers) {
        loop.preconditionOnLoop()
        guard let output else { return }
        guard case .idle = state else { preconditionFailure("a stream is started once") }
        state = .open(handlers)
        installCallbacks(on: output)
        bufferevent_setwatermark(output, Int16(EV_WRITE), limits.writeLow, 0)
        bufferevent_set_max_single_write(output, 256 << 10)
        bufferevent_enable(output, Int16(EV_WRITE))
        if !isPaused { event_add(input, nil) }
    }

    /// True from `start` until the stream is closed or asked to close.
    public var isOpen: Bool {
        if case .open = state { true } else { false }
    }

    /// Bytes written and not yet given to the kernel.
    public var bufferedWriteBytes: Int { output.map { evbuffer_get_length(bufferevent_get_output($0)) } ?? 0 }

    /// Gives `bytes` to the kernel, as far as it takes them at once and nothing waits before them; the rest is copied and
    /// sent when the loop turns. Dropped unless `isOpen`.
    public func write(_ bytes: [UInt8]) {
        loop.preconditionOnLoop()
        guard isOpen, let output else { return }
        let waiting = mayHaveUnsent ? bufferedWriteBytes : 0
        guard bytes.count <= limits.writeMax - waiting else { return finish(.writeBufferFull) }
        mayHaveUnsent = waiting > 0
        let sent = waiting == 0 ? send(bytes) : 0
        guard sent < bytes.count else { return }
        mayHaveUnsent = true
        let result = bytes.withUnsafeBytes {
            bufferevent_write(output, $0.baseAddress.map { $0 + sent }, $0.count - sent)
        }
        guard result == 0 else { return finish(.reset(errno: ENOMEM)) }
        if bufferedWriteBytes > limits.writeHigh { isWritable = false }
    }

    /// Returns how many bytes the kernel took. Without this, each message would take two more system calls, to ask for the
    /// socket to be watched and to have done with that, and the peer would wait for the end of our turn. A connection that
    /// has failed is for libevent to find out, in its own time.
    private func send(_ bytes: [UInt8]) -> Int {
        let count = bytes.withUnsafeBytes {
            Glibc.send(socket, $0.baseAddress, $0.count, CInt(MSG_DONTWAIT | MSG_NOSIGNAL))
        }
        return max(count, 0)
    }

    /// No `onBytes` until `resumeReading()`; the kernel holds the peer back. Nor is a peer that closes noticed.
    public func pauseReading() {
        loop.preconditionOnLoop()
        isPaused = true
        if isOpen, let input { event_del(input) }
    }

    public func resumeReading() {
        loop.preconditionOnLoop()
        isPaused = false
        if isOpen, let input { event_add(input, nil) }
    }

    /// Ends the stream: at once, dropping what was not sent, or after all of it has reached the peer.
    ///
    /// To flush is to send the rest, close our side and wait for the peer to close its own: a socket closed with
    /// unread bytes in it would send a reset, and the peer could lose our last words (RFC 1122, 4.2.2.13).
    public func close(flushing: Bool) {
        loop.preconditionOnLoop()
        if case .lingering = state, flushing { return }
        guard case .open(let handlers) = state, let output, flushing else { return finish(.local) }
        let timer = LoopTimer(on: loop) { [unowned self] in finish(.timedOut) }
        timer.arm(after: limits.lingerTime)
        state = .lingering(handlers, timer)
        bufferevent_setwatermark(output, Int16(EV_WRITE), 0, 0)
        if let input { event_add(input, nil) }
        if bufferedWriteBytes == 0 { closeOurSide() }
    }

    func finish(_ reason: CloseReason) {
        guard output != nil else { return }
        closeSocket()
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
    private func installCallbacks(on output: OpaquePointer) {
        let me = Unmanaged.passUnretained(self).toOpaque()
        let written: bufferevent_data_cb = { _, pointer in Stream.at(pointer)?.written() }
        let failed: bufferevent_event_cb = { _, _, pointer in Stream.at(pointer)?.finish(.reset(errno: errno)) }
        bufferevent_setcb(output, nil, written, failed, me)
        let readable: event_callback_fn = { _, _, pointer in Stream.at(pointer)?.readable() }
        let kinds = Int16(EV_READ | EV_PERSIST)
        input = event_new(loop.base, socket, kinds, readable, me)
        guard input != nil else { fatalError("libevent could not allocate an event") }
    }

    private static func at(_ pointer: UnsafeMutableRawPointer?) -> Stream? {
        pointer.map { Unmanaged<Stream>.fromOpaque($0).takeUnretainedValue() }
    }

    /// Reads once. What it leaves makes the loop call again, after others.
    private func readable() {
        let count = recv(socket, loop.scratch.baseAddress, loop.scratch.count, CInt(MSG_DONTWAIT))
        let error = errno
        if count > 0 {
            guard case .open(let handlers) = state else { return }
            handlers.onBytes(UnsafeRawBufferPointer(rebasing: loop.scratch[..<count]))
        } else if count == 0 {
            if case .lingering = state { finish(.local) } else { finish(.endOfFile) }
        } else if error != EAGAIN, error != EINTR {
            finish(.reset(errno: error))
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

    private func closeOurSide() {
        guard output != nil else { return }
        _ = shutdown(socket, CInt(SHUT_WR))
    }
}
