import AtollLoop
import Glibc
import Testing

struct DescriptorWatchTests {
    @Test func `a watch calls until it is read, and not while it is paused or after it is cancelled`() throws {
        let fixture = try LoopFixture()
        var ends: [CInt] = [0, 0]
        try #require(pipe(&ends) == 0)
        defer { for end in ends { close(end) } }
        var calls = 0
        var watch: DescriptorWatch?
        let resume = LoopTimer(on: fixture.loop) {
            #expect(calls == 3)
            do { try watch?.resume() } catch { Issue.record(error) }
        }
        let end = LoopTimer(on: fixture.loop) { fixture.loop.stop() }
        watch = try DescriptorWatch(on: fixture.loop, descriptor: ends[0]) {
            calls += 1
            if calls == 3 {
                watch?.pause()
                resume.arm(after: .milliseconds(5))
            } else if calls == 4 {
                watch?.cancel()
                end.arm(after: .milliseconds(5))
            }
        }
        write(ends[1], "x", 1)
        fixture.run()
        #expect(calls == 4)
    }

    @Test func `a regular file cannot be watched`() throws {
        let loop = try EventLoop()
        let file = open("/etc/passwd", O_RDONLY)
        defer { close(file) }
        let error = #expect(throws: LoopError.self) { try DescriptorWatch(on: loop, descriptor: file) {} }
        #expect(error?.code == .system(EPERM))
    }
}
