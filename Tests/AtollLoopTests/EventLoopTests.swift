import AtollLoop
import Glibc
import Testing

private actor Counter {
    nonisolated let loop: EventLoop
    nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }
    private(set) var count = 0
    private(set) var threads: Set<UInt> = []

    init(on loop: EventLoop) { self.loop = loop }

    func increment() {
        count += 1
        threads.insert(UInt(pthread_self()))
    }

    func awaken(until limit: Int) async {
        while count < limit { await Task.yield() }
    }
}

struct EventLoopTests {
    @Test func `an actor on the loop runs on the thread of the loop`() async throws {
        let loop = try EventLoop()
        try loop.runOnNewThread()
        let counter = Counter(on: loop)
        for _ in 0..<100 { await counter.increment() }
        let thread = await withCheckedContinuation { continuation in
            loop.execute { continuation.resume(returning: UInt(pthread_self())) }
        }
        #expect(await counter.threads == [thread])
        loop.stop()
    }

    @Test func `a body on the loop enters an actor of the loop without a hop`() async throws {
        let loop = try EventLoop()
        try loop.runOnNewThread()
        let counter = Counter(on: loop)
        await withCheckedContinuation { continuation in
            loop.execute {
                counter.assumeIsolated { $0.increment() }
                continuation.resume()
            }
        }
        #expect(await counter.count == 1)
        loop.stop()
    }

    @Test func `nothing that four threads enqueue is lost`() async throws {
        let loop = try EventLoop()
        try loop.runOnNewThread()
        let counter = Counter(on: loop)
        await withTaskGroup { group in
            for _ in 0..<4 {
                group.addTask {
                    for _ in 0..<5_000 {
                        loop.execute { counter.assumeIsolated { $0.increment() } }
                    }
                    await counter.increment()
                }
            }
        }
        #expect(await counter.count == 20_004)
        loop.stop()
    }

    @Test func `bodies run in the order in which they came`() throws {
        let fixture = try LoopFixture()
        let timer = LoopTimer(on: fixture.loop) {}
        timer.arm(after: .zero)
        let order = Log()
        for number in 0..<1_000 { fixture.loop.execute { order.append(number) } }
        fixture.loop.execute { [loop = fixture.loop] in loop.stop() }
        fixture.run()
        #expect(order.entries == Array(0..<1_000))
    }

    @Test func `an actor that keeps waking itself does not starve a timer`() async throws {
        let loop = try EventLoop()
        try loop.runOnNewThread()
        let counter = Counter(on: loop)
        loop.execute {
            // The actor yields until the timer fires, and the timer keeps itself alive until then.
            var timer: LoopTimer?
            timer = LoopTimer(on: loop) {
                counter.assumeIsolated { $0.increment() }
                timer = nil
            }
            timer?.arm(after: .milliseconds(1))
        }
        await counter.awaken(until: 1)
        #expect(await counter.count == 1)
        loop.stop()
    }

    @Test func `a loop that was stopped before returns at once, and runs again`() throws {
        let loop = try EventLoop()
        loop.stop()
        loop.run()
        let ran = Log()
        loop.execute { ran.append(1) }
        loop.stop()
        loop.run()
        #expect(ran.entries == [1])
    }

    @Test func `use from another thread traps`() async {
        await #expect(processExitsWith: .failure) {
            let loop = try EventLoop()
            try loop.runOnNewThread()
            // Answered from the loop's thread, which therefore owns it.
            await withCheckedContinuation { continuation in loop.execute { continuation.resume() } }
            loop.preconditionOnLoop()
        }
    }

    @Test func `the clocks advance`() throws {
        let loop = try EventLoop()
        let (first, second) = (loop.now(), loop.now())
        #expect(first.uptime <= second.uptime)
        #expect(first.wall > 1_700_000_000_000_000_000)
    }
}

/// Numbers in the order of their arrival. Used on one thread at a time: the one that the test gives its loop.
final class Log: @unchecked Sendable {
    private(set) var entries: [Int] = []
    func append(_ entry: Int) { entries.append(entry) }
}
