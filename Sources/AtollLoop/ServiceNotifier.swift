import Glibc

/// Tells the service manager how we are: sd_notify(3), one datagram for each call. Does nothing where nobody asked.
///
/// From any thread. A datagram that cannot be sent is dropped: the manager's silence must not stop a daemon.
public final class ServiceNotifier: Sendable {
    /// How long the manager waits for `watchdog()` before it acts: call it at half of this. Nil if it does not wait.
    public let watchdogInterval: Duration?
    private let socket: Connection?

    /// Reads `NOTIFY_SOCKET`, `WATCHDOG_USEC` and `WATCHDOG_PID` of this process's environment.
    public convenience init() {
        func variable(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }
        self.init(
            socketPath: variable("NOTIFY_SOCKET"),
            watchdogMicroseconds: variable("WATCHDOG_USEC"),
            watchdogProcess: variable("WATCHDOG_PID")
        )
    }

    /// The same from given values. A path that begins with `@` is an abstract socket (unix(7)).
    public init(socketPath: String?, watchdogMicroseconds: String? = nil, watchdogProcess: String? = nil) {
        socket = socketPath.flatMap { Connection(path: $0) }
        let isMeant = watchdogProcess.map { Int32($0) == getpid() } ?? true
        let interval = watchdogMicroseconds.flatMap { Int64($0) }.flatMap { $0 > 0 ? Duration.microseconds($0) : nil }
        watchdogInterval = isMeant && socket != nil ? interval : nil
    }

    public func ready() { send("READY=1") }

    /// One line for `systemctl status`.
    public func status(_ text: String) {
        // A line break would begin another assignment.
        send("STATUS=" + text.split(whereSeparator: \.isNewline).joined(separator: " "))
    }

    public func watchdog() { send("WATCHDOG=1") }

    public func stopping() { send("STOPPING=1") }

    private func send(_ message: String) { socket?.send(Array(message.utf8)) }
}

/// Opened once: a daemon that has run out of descriptors must still be able to feed its watchdog.
private final class Connection: Sendable {
    private let descriptor: Descriptor
    private let path: [UInt8]

    init?(path: String) {
        let isAbstract = path.hasPrefix("@")
        guard isAbstract || path.hasPrefix("/"), path.utf8.count < 108 else { return nil }
        // An abstract name begins with a zero byte, and its length is part of it.
        self.path = isAbstract ? [0] + path.utf8.dropFirst() : path.utf8 + [0]
        do throws(LoopError) {
            descriptor = try Descriptor(socketOf: AF_UNIX, type: SOCK_DGRAM)
        } catch {
            return nil
        }
    }

    func send(_ message: [UInt8]) {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path) }
        let offset = MemoryLayout<sockaddr_un>.offset(of: \.sun_path) ?? 0
        let length = socklen_t(offset + path.count)
        withUnsafePointer(to: address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                _ = sendto(descriptor.number, message, message.count, CInt(MSG_NOSIGNAL), address, length)
            }
        }
    }
}
