import AtollLoop
import Glibc
import Testing

@testable import AtollAgent

@Suite struct DeviceEventsTests {
    /// Written to, the kernel announces a change of the device (`Documentation/ABI/testing/sysfs-uevent`), and nothing
    /// else happens.
    private static let loopback = "/sys/class/net/lo/uevent"

    @Test func `what the kernel announces of a device is noticed`() throws {
        let file = open(Self.loopback, O_WRONLY | O_CLOEXEC)
        guard file >= 0 else { return print("skipped: \(Self.loopback) cannot be written") }
        defer { close(file) }
        let loop = try EventLoop()
        var noticed = 0
        let events = try DeviceEvents(on: loop) {
            noticed += 1
            loop.stop()
        }
        let limit = LoopTimer(on: loop) { loop.stop() }
        limit.arm(after: .seconds(60))
        #expect(write(file, "change", 6) == 6)
        loop.run()
        withExtendedLifetime((events, limit)) {}
        #expect(noticed > 0)
    }
}
