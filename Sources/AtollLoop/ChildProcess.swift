import CAtollLinux
import Glibc

/// A process that we started, in a session and process group of its own whose number is `processID`.
///
/// On the loop. Keep it until `onExit` has run: releasing it earlier neither ends nor reaps the process. SIGCHLD must
/// not be ignored, or the kernel reaps first and the exit status is lost (wait(2), NOTES).
public final class ChildProcess {
    /// What to run. Signals are unblocked and at their default actions in the child, and no descriptor above 2 is open.
    public struct Command: Hashable, Sendable {
        /// Not looked up in PATH. Relative to `directory` if that is set.
        public var path: String
        /// With the name of the program first.
        public var arguments: [String]
        /// `NAME=value`, all that the child sees.
        public var environment: [String]
        public var directory: String?
        public var standardInput = Channel.null
        public var standardOutput = Channel.null
        public var standardError = Channel.null

        public init(path: String, arguments: [String], environment: [String] = [], directory: String? = nil) {
            self.path = path
            self.arguments = arguments
            self.environment = environment
            self.directory = directory
        }
    }

    /// What a standard descriptor of the child is.
    public enum Channel: Hashable, Sendable {
        /// `/dev/null`
        case null
        /// The same as in this process.
        case inherited
        /// A copy of this descriptor, which must be above 2 and stays the caller's.
        case descriptor(CInt)
    }

    /// How a process ended, exactly. waitid(2).
    public enum Exit: Hashable, Sendable {
        /// 0 to 255.
        case exited(code: CInt)
        case signaled(signal: CInt)
    }

    public let processID: Int32
    /// In clock ticks since boot: with `processID` it names the process for as long as the machine is up. proc(5).
    public let startTime: UInt64?
    private let loop: EventLoop
    private let onExit: (Exit) -> Void
    private let process: ProcessDescriptor
    private var watch: DescriptorWatch?

    /// Starts the process; `onExit` is called once, from the loop. A process that could not be watched is killed.
    public init(on loop: EventLoop, _ command: Command, onExit: @escaping (Exit) -> Void) throws(LoopError) {
        loop.preconditionOnLoop()
        let id = try Self.spawn(command)
        do throws(LoopError) {
            process = try ProcessDescriptor(of: id)
        } catch {
            kill(id, SIGKILL)
            waitpid(id, nil, 0)
            throw error
        }
        processID = id
        startTime = ProcessWatch.startTime(of: id)
        self.loop = loop
        self.onExit = onExit
        do throws(LoopError) {
            watch = try DescriptorWatch(on: loop, descriptor: process.number) { [unowned self] in ended() }
        } catch {
            _ = process.signal(SIGKILL)
            waitpid(id, nil, 0)
            throw error
        }
    }

    deinit {
        watch = nil  // Before the pidfd that it watches goes.
    }

    /// True until `onExit` is called.
    public var isRunning: Bool { watch != nil }

    /// To the process alone, not to its group. Throws `.processGone` once it has ended and was reaped.
    public func signal(_ number: CInt) throws(LoopError) {
        loop.preconditionOnLoop()
        switch process.signal(number) {
        case 0: return
        case ESRCH: throw .gone(processID)
        case let error: throw .system(error, "send signal \(number) to process \(processID)")
        }
    }

    private func ended() {
        var (code, status): (CInt, CInt) = (0, 0)
        // A signal that interrupts, or a ptrace stop: the watch calls again.
        guard atoll_pidfd_wait(process.number, &code, &status) == 0, code != 0 else { return }
        watch = nil
        onExit(code == CInt(CLD_EXITED) ? .exited(code: status) : .signaled(signal: status))
    }

    private static func spawn(_ command: Command) throws(LoopError) -> Int32 {
        let channels = [command.standardInput, command.standardOutput, command.standardError]
        let descriptors = channels.enumerated().map { target, channel in
            switch channel {
            case .null: return CInt(-1)
            case .inherited: return CInt(target)
            case .descriptor(let number):
                precondition(number > 2, "a descriptor below 3 could be replaced before it is copied")
                return number
            }
        }
        var id: Int32 = 0
        let error = withCStrings(command.arguments) { arguments in
            withCStrings(command.environment) { environment in
                atoll_spawn(&id, command.path, arguments, environment, command.directory, descriptors)
            }
        }
        guard error == 0 else {
            throw .system(error, "run \(command.path) in \(command.directory ?? "the current directory")")
        }
        return id
    }
}

/// An array of C strings that ends in null, valid during the call.
private func withCStrings<Result>(
    _ strings: [String],
    _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Result
) -> Result {
    var pointers = strings.map { strdup($0) } + [nil]
    defer { for pointer in pointers { free(pointer) } }
    return body(&pointers)
}
