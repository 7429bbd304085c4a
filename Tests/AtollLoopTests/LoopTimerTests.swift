import AtollLoop
import Glibc
import Testing

struct LoopTimerTests {
    @Test func `timers fire in the order of their deadlines`() throws {
        let fixture = try LoopFixture()
        var order: [Int] = []
        for delay in [30, 10, 20] {
            let timer = LoopTimer(on: fixture.loop) {
                order.append(delay)
                if delay == 30 { fixture.loop.stop() }
            }
            fixture.keep(timer).arm(after: .milliseconds(delay))
        }
        fixture.run()
        #expect(order == [10, 20, 30])
    }

    @Test func `a timer is never early`() throws {
        let fixture = try LoopFixture()
        var early = 0
        for delay in 0..<20 {
            let due = fixture.loop.now().uptime + Int64(delay) * 1_000_000
            let timer = LoopTimer(on: fixture.loop) {
                if fixture.loop.now().uptime < due { early += 1 }
                if delay == 19 { fixture.loop.stop() }
            }
            fixture.keep(timer).arm(after: .milliseconds(delay))
        }
        fixture.run()
        #expect(early == 0)
    }

    @Test func `a cancelled or released timer does not fire`() throws {
        let fixture = try LoopFixture()
        var fired: [String] = []
        let cancelled = fixture.keep(LoopTimer(on: fixture.loop) { fired.append("cancelled") })
        var released: LoopTimer? = LoopTimer(on: fixture.loop) { fired.append("released") }
        let last = fixture.keep(
            LoopTimer(on: fixture.loop) {
                fired.append("last")
                fixture.loop.stop()
            }
        )
        cancelled.arm(after: .zero)
        released?.arm(after: .zero)
        last.arm(after: .milliseconds(2))
        cancelled.cancel()
        released = nil
        fixture.run()
        #expect(fired == ["last"])
        #expect(!cancelled.isArmed && !last.isArmed)
    }

    @Test func `a timer arms itself again in its handler, and may release itself`() throws {
        let fixture = try LoopFixture()
        var count = 0
        var timer: LoopTimer?
        timer = LoopTimer(on: fixture.loop) {
            count += 1
            if count < 5 {
                timer?.arm(after: .zero)
            } else {
                timer = nil
                fixture.loop.stop()
            }
        }
        timer?.arm(after: .seconds(3600))
        timer?.arm(after: .microseconds(1))
        fixture.run()
        #expect(count == 5)
        #expect(timer == nil)
    }

    @Test func `a timer for longer than anybody lives can be armed`() throws {
        let loop = try EventLoop()
        let timer = LoopTimer(on: loop) {}
        timer.arm(after: .seconds(Int64.max))
        #expect(timer.isArmed)
    }

    // One test: libevent serves the signals of one loop at a time.
    @Test func `signals are handled on the loop, also one that whoever started us has blocked`() throws {
        var set = sigset_t()
        sigemptyset(&set)
        sigaddset(&set, SIGUSR1)
        pthread_sigmask(SIG_BLOCK, &set, nil)
        let fixture = try LoopFixture()
        var received: [CInt] = []
        let source = try SignalSource(on: fixture.loop, signals: [SIGUSR1, SIGUSR2]) { signal in
            received.append(signal)
            if received.count == 1 { kill(getpid(), SIGUSR2) } else { fixture.loop.stop() }
        }
        // To this thread, where it would wait.
        pthread_kill(pthread_self(), SIGUSR1)
        fixture.run()
        source.cancel()
        #expect(received == [SIGUSR1, SIGUSR2])
    }
}
