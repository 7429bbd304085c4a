import CLibevent
import Glibc
import Synchronization

/// One thread that waits for descriptors, timers and signals, and runs the actors that name it as their executor.
///
/// An actor lives on the loop by
/// `nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }`. Handlers that are
/// written inside its methods belong to it and run without a hop; `assumeIsolated` enters it from elsewhere on the
/// loop. Whatever blocks or computes for longer than a millisecond belongs on another thread, which comes back
/// through `execute(_:)`.
///
/// The loop belongs to the thread that made it until another one calls `run()`. Everything else in this module is
/// used on that thread only, checked by `preconditionOnLoop()`, and must be gone before the loop is: each object
/// holds on to its loop. Jobs and bodies run in the order in which they came.
public final class EventLoop: SerialExecutor {
    private enum Work {
        case job(UnownedJob)
        case body(@Sendable () -> Void)
    }

    // libevent locks what other threads touch here: `event_active` on `wake`, after evthread_use_pthreads.
    nonisolated(unsafe) package let base: OpaquePointer
    nonisolated(unsafe) private var wake: OpaquePointer?
    // The loop's thread only: the array that the next drain swaps in, so that neither is allocated again.
    nonisolated(unsafe) private var batch: [Work] = []
    /// Where streams read to. The loop's thread only, and for one call of a handler.
    nonisolated(unsafe) let scratch = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 << 10, alignment: 16)
    private let queue = Mutex<[Work]>([])
    private let owner: Atomic<UInt>

    public init() throws(LoopError) {
        guard Self.threadsEnabled, let config = event_config_new() else {
            throw .system(ENOMEM, "set up libevent")
        }
        defer { event_config_free(config) }
        // Look for IO again after so long: an actor that keeps waking itself must not starve the sockets. Not after so
        // many callbacks, and not sooner: each look goes over all sockets that are ready, those too that have been seen
        // and not served yet. With 4,096 of them it takes 3 ms.
        var interval = timeval(tv_sec: 0, tv_usec: 100_000)
        event_config_set_max_dispatch_interval(config, &interval, -1, 0)
        guard let base = event_base_new_with_config(config) else { throw .system(errno, "create an event loop") }
        self.base = base
        owner = Atomic(UInt(pthread_self()))
        let me = Unmanaged.passUnretained(self).toOpaque()
        let drain: event_callback_fn = { _, _, me in
            guard let me else { return }
            Unmanaged<EventLoop>.fromOpaque(me).takeUnretainedValue().drain()
        }
        wake = event_new(base, -1, Int16(EV_PERSIST), drain, me)
    }

    deinit {
        if let wake { event_free(wake) }
        event_base_free(base)
        scratch.deallocate()
    }

    /// Serves the loop on the calling thread, which owns it from here on, until `stop()`.
    public func run() {
        owner.store(UInt(pthread_self()), ordering: .sequentiallyConsistent)
        event_base_loop(base, EVLOOP_NO_EXIT_ON_EMPTY)
    }

    /// Serves the loop on a new thread until `stop()`. The thread keeps the loop alive.
    public func runOnNewThread() throws(LoopError) {
        let me = Unmanaged.passRetained(self)  // Released by the thread when `run()` returns.
        var thread = pthread_t()
        let main: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = { me in
            if let me { Unmanaged<EventLoop>.fromOpaque(me).takeRetainedValue().run() }
            return nil
        }
        let error = pthread_create(&thread, nil, main, me.toOpaque())
        guard error == 0 else {
            me.release()
            throw .system(error, "start the thread of an event loop")
        }
        pthread_detach(thread)
    }

    /// Makes `run()` return once what was queued before has run; before `run()`, makes it return at once.
    ///
    /// From any thread. Whatever is queued later waits for another `run()`.
    public func stop() {
        // Weak: a second stop stays in the queue, which belongs to the loop.
        execute { [weak self] in
            if let self { event_base_loopbreak(base) }
        }
    }

    /// Runs `body` on the loop, soon and never within this call. From any thread.
    public func execute(_ body: @Sendable @escaping () -> Void) { append(.body(body)) }

    /// As `execute(_:)`, for what lives on the loop and is not `Sendable`.
    func later(_ body: @escaping () -> Void) {
        preconditionOnLoop()
        nonisolated(unsafe) let body = body  // Stays on the loop's thread: queued there, run there.
        execute { body() }
    }

    /// Traps unless called on the loop's thread.
    public func preconditionOnLoop() {
        precondition(isOnLoop, "this belongs to the event loop and was used on another thread")
    }

    var isOnLoop: Bool { owner.load(ordering: .relaxed) == UInt(pthread_self()) }

    private func append(_ work: Work) {
        let wasEmpty = queue.withLock { queue in
            queue.append(work)
            return queue.count == 1
        }
        if wasEmpty, let wake { event_active(wake, 0, 0) }
    }

    private func drain() {
        queue.withLock { swap(&$0, &batch) }
        for work in batch {
            switch work {
            case .job(let job): job.runSynchronously(on: asUnownedSerialExecutor())
            case .body(let body): body()
            }
        }
        batch.removeAll(keepingCapacity: batch.capacity <= 4096)
    }
}

extension EventLoop {
    public func enqueue(_ job: consuming ExecutorJob) { append(.job(UnownedJob(job))) }

    public func asUnownedSerialExecutor() -> UnownedSerialExecutor { UnownedSerialExecutor(ordinary: self) }

    public func checkIsolated() { preconditionOnLoop() }

    public func isIsolatingCurrentContext() -> Bool? { isOnLoop }

    /// Both clocks. From any thread.
    public func now() -> (uptime: Int64, wall: Int64) { (SystemClock.uptime, SystemClock.wall) }

    /// Makes a write to a closed socket or pipe fail with EPIPE instead of ending the process. Once, in `main`.
    public static func ignoreBrokenPipes() { signal(SIGPIPE, SIG_IGN) }

    // libevent wants to know about threads before the first base is made.
    private static let threadsEnabled = evthread_use_pthreads() == 0
}
