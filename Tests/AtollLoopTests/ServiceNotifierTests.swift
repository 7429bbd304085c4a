import AtollLoop
import Glibc
import Testing

struct ServiceNotifierTests {
    @Test(arguments: [false, true])
    func `each call is one datagram`(isAbstract: Bool) throws {
        let file = TemporaryPath("notify")
        let path = isAbstract ? "@" + file.path : file.path
        let manager = try boundSocket(path)
        defer { close(manager) }
        let notifier = ServiceNotifier(socketPath: path)
        notifier.ready()
        notifier.status("8 hosts\nREADY=1")
        notifier.watchdog()
        notifier.stopping()
        let received = (0..<4).map { _ in
            var buffer = [UInt8](repeating: 0, count: 256)
            let count = recv(manager, &buffer, buffer.count, CInt(MSG_DONTWAIT))
            return String(decoding: buffer[..<max(0, count)], as: UTF8.self)
        }
        #expect(received == ["READY=1", "STATUS=8 hosts READY=1", "WATCHDOG=1", "STOPPING=1"])
    }

    @Test func `without a manager nothing happens`() {
        let notifier = ServiceNotifier(socketPath: nil, watchdogMicroseconds: "1000")
        notifier.ready()
        #expect(notifier.watchdogInterval == nil)
    }

    @Test func `the watchdog is fed only by the process that it watches`() {
        func interval(_ microseconds: String, _ process: String?) -> Duration? {
            ServiceNotifier(socketPath: "/x", watchdogMicroseconds: microseconds, watchdogProcess: process)
                .watchdogInterval
        }
        #expect(interval("30000000", nil) == .seconds(30))
        #expect(interval("30000000", "\(getpid())") == .seconds(30))
        #expect(interval("30000000", "1") == nil)
        #expect(interval("0", nil) == nil)
        #expect(interval("soon", nil) == nil)
    }

    private func boundSocket(_ path: String) throws -> CInt {
        let number = socket(AF_UNIX, CInt(SOCK_DGRAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let name = path.hasPrefix("@") ? [0] + Array(path.utf8.dropFirst()) : Array(path.utf8)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: name) }
        let length = socklen_t(MemoryLayout<sa_family_t>.size + name.count)
        let result = withUnsafePointer(to: address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(number, $0, length) }
        }
        try #require(result == 0)
        return number
    }
}
