import Glibc

/// Notices the end of a process that is not our child. How it ended, only its parent can know.
///
/// On the loop. Releasing the watch cancels it.
public final class ProcessWatch {
    public let processID: Int32
    /// In clock ticks since boot, of the very process that is watched: record it to know the process again.
    public let startTime: UInt64
    private let loop: EventLoop
    private let process: ProcessDescriptor
    private var watch: DescriptorWatch?

    /// `startTime`, if given, must be that of the process, or its number was given to another one in the meantime.
    ///
    /// Throws `.processGone` for that and for a number that names nobody. `onEnd` is called once, from the loop; for a
    /// process whose parent has not reaped it yet, too.
    public init(
        on loop: EventLoop,
        processID: Int32,
        startTime: UInt64? = nil,
        onEnd: @escaping () -> Void
    ) throws(LoopError) {
        loop.preconditionOnLoop()
        self.loop = loop
        self.processID = processID
        process = try ProcessDescriptor(of: processID)
        // In this order: if our process is still there after the file was read, the number was its own all the time.
        guard let actual = Self.startTime(of: processID), process.signal(0) != ESRCH, actual == startTime ?? actual
        else { throw .gone(processID) }
        self.startTime = actual
        watch = try DescriptorWatch(on: loop, descriptor: process.number) { [unowned self] in
            watch = nil
            onEnd()
        }
    }

    deinit {
        watch = nil  // Before the pidfd that it watches goes.
    }

    public func cancel() {
        loop.preconditionOnLoop()
        watch = nil
    }

    /// To the process alone, not to its group. Throws `.processGone` once it has ended and was reaped.
    public func signal(_ number: CInt) throws(LoopError) {
        loop.preconditionOnLoop()
        switch process.signal(number) {
        case 0: return
        case ESRCH: throw .gone(processID)
        case let error: throw .system(error, "send signal \(number) to process \(processID)")
        }
    }

    /// Field 22 of /proc/PID/stat (proc(5)), nil if there is no such process.
    public static func startTime(of process: Int32) -> UInt64? {
        let number = open("/proc/\(process)/stat", O_RDONLY | O_CLOEXEC)
        guard number >= 0 else { return nil }
        let file = Descriptor(owning: number)
        var buffer = [UInt8](repeating: 0, count: 1024)
        let count = read(file.number, &buffer, buffer.count)
        // Field 2 is the command's name in parentheses, in which anything can stand: spaces, too, and parentheses.
        guard count > 0, let name = buffer[..<count].lastIndex(of: UInt8(ascii: ")")) else { return nil }
        let fields = buffer[name..<count].split(separator: UInt8(ascii: " "))
        guard fields.count > 20 else { return nil }
        return UInt64(String(decoding: fields[20], as: UTF8.self))
    }
}
