import Glibc

/// What the agent could not do, on what, and why; `message` also says what to do next where that is not plain.
public struct AgentError: Error, Equatable, Sendable, CustomStringConvertible {
    public enum Code: Equatable, Sendable {
        /// A system call failed with this error number.
        case system(CInt)
        /// A file does not hold what it should.
        case damaged
        /// Somebody else is doing this already.
        case busy
        /// A setting is missing or wrong.
        case setting
    }

    public let code: Code
    public let message: String

    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// `action` reads on after "cannot": `write /var/lib/atoll/epoch`.
    static func system(_ number: CInt, _ action: String) -> AgentError {
        AgentError(.system(number), "cannot \(action): \(reason(number))")
    }

    /// The text of an error number. strerror(3).
    static func reason(_ number: CInt) -> String {
        strerror(number).map { String(cString: $0) } ?? "error \(number)"
    }

    public var description: String { message }
}
