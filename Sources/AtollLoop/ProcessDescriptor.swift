import CAtollLinux
import Glibc

/// A pidfd: names one process for good, also after it has ended and its number belongs to another. pidfd_open(2).
struct ProcessDescriptor: ~Copyable {
    private let descriptor: Descriptor

    var number: CInt { descriptor.number }

    init(of process: Int32) throws(LoopError) {
        let number = atoll_pidfd_open(process)
        let error = errno
        guard number >= 0 else {
            throw error == ESRCH ? .gone(process) : .system(error, "watch process \(process)")
        }
        descriptor = Descriptor(owning: number)
    }

    /// Signal 0 only asks whether the process, running or not yet reaped, is there. 0 or an error number.
    func signal(_ signal: CInt) -> CInt { atoll_pidfd_signal(number, signal) == 0 ? 0 : errno }
}

extension LoopError {
    static func gone(_ process: Int32) -> LoopError {
        LoopError(.processGone, "process \(process) has ended, or its number names another one by now")
    }
}
