import Glibc

/// What AtollLoop could not do, and why. Thrown or handed to a handler; never both.
public struct LoopError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What a caller may want to tell apart.
    public enum Code: Hashable, Sendable {
        /// Not an IP literal with a port, nor a path that fits a Unix socket (unix(7): 107 bytes).
        case invalidAddress
        /// Something answers on the Unix socket already.
        case addressInUse
        /// A connection was not made in the time given.
        case timedOut
        /// The process has ended, or its number now names another one.
        case processGone
        /// A system call failed with this error number.
        case system(CInt)
    }

    public let code: Code
    /// What was tried, on what, and the reason; one line.
    public let description: String

    package init(_ code: Code, _ description: String) {
        self.code = code
        self.description = description
    }

    /// `action` reads on after "cannot": `listen on 127.0.0.1:80`.
    package static func system(_ number: CInt, _ action: String) -> LoopError {
        let reason = strerror(number).map { String(cString: $0) } ?? "error \(number)"
        return LoopError(.system(number), "cannot \(action): \(reason)")
    }

    /// True when the process or the machine has run out of descriptors or of kernel memory: trying later may help.
    public var isExhaustion: Bool {
        switch code {
        case .system(EMFILE), .system(ENFILE), .system(ENOBUFS), .system(ENOMEM): true
        default: false
        }
    }
}
