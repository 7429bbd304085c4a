import AtollLoop
import AtollTopology
import CAtollLinux
import Glibc

/// Notices that the kernel has announced devices that came, went or changed. netlink(7). On the loop.
final class DeviceEvents {
    private static let eventBytesMax = 16 << 10

    private let descriptor: CInt
    private var watch: DescriptorWatch?
    private let onChange: () -> Void

    /// `onChange` is called once for all that was announced since its last call, if any of it, or something that was
    /// lost, concerns what a host reports.
    init(on loop: EventLoop, onChange: @escaping () -> Void) throws(AgentError) {
        self.onChange = onChange
        descriptor = atoll_open_uevents()
        guard descriptor >= 0 else { throw .system(errno, "listen to the kernel's device events") }
        do throws(LoopError) {
            watch = try DescriptorWatch(on: loop, descriptor: descriptor) { [unowned self] in read() }
        } catch {
            throw AgentError(.system(EINVAL), error.description)
        }
    }

    deinit {
        watch = nil  // Before the descriptor that it watches goes.
        close(descriptor)
    }

    private func read() {
        var isNews = false
        var buffer = [UInt8](repeating: 0, count: Self.eventBytesMax)
        while true {
            let count = atoll_receive_uevent(descriptor, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            if count < 0, errno == ENOBUFS {
                isNews = true
                continue
            }
            guard count >= 0 else { break }
            if let event = KernelEvent(buffer[..<count]), event.concernsTopology { isNews = true }
        }
        if isNews { onChange() }
    }
}
