import AtollLoop
import Glibc

/// Notices that files in some folders change. inotify(7). On the loop.
final class FolderWatch {
    private let descriptor: CInt
    private var watch: DescriptorWatch?
    private let onChange: (Set<CInt>) -> Void

    /// `onChange` gets the numbers of the folders in which something happened since its last call, or nothing when
    /// the kernel lost count: then anything may have.
    init(on loop: EventLoop, onChange: @escaping (Set<CInt>) -> Void) throws(AgentError) {
        self.onChange = onChange
        descriptor = inotify_init1(Int32(IN_NONBLOCK | IN_CLOEXEC))
        guard descriptor >= 0 else { throw .system(errno, "watch folders (inotify_init1)") }
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

    /// Returns the folder's number. Files that are replaced are noticed, and with `content` those that grow too; the
    /// last call for a folder counts.
    func add(_ folder: String, content: Bool) throws(AgentError) -> CInt {
        let events = IN_MOVED_TO | (content ? IN_MODIFY | IN_CREATE : 0)
        let number = inotify_add_watch(descriptor, folder, UInt32(events))
        guard number >= 0 else { throw .system(errno, "watch \(folder)") }
        return number
    }

    func remove(_ number: CInt) { inotify_rm_watch(descriptor, number) }

    private func read() {
        var changed: Set<CInt> = []
        var buffer = [UInt8](repeating: 0, count: 16 << 10)
        while true {
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            guard count > 0 else { break }
            buffer[..<count].withUnsafeBytes { Self.collect($0, into: &changed) }
        }
        onChange(changed.contains(-1) ? [] : changed)
    }

    /// Each event is a header, whose last member is the length of the name that follows.
    private static func collect(_ bytes: UnsafeRawBufferPointer, into numbers: inout Set<CInt>) {
        var offset = 0
        let header = MemoryLayout<inotify_event>.size
        while offset + header <= bytes.count {
            let event = bytes.loadUnaligned(fromByteOffset: offset, as: inotify_event.self)
            numbers.insert(event.wd)
            offset += header + Int(event.len)
        }
    }
}
