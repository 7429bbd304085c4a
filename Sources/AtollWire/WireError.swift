/// Why bytes are not a message. Whoever gets one from a peer's stream closes the connection.
public struct WireError: Error, Equatable, Sendable, CustomStringConvertible {
    public enum Code: Sendable {
        /// A frame announces a length that is zero or above the limit.
        case frameLength
        /// Not protobuf, or more memory is needed than a message of this length may take.
        case malformed
        /// A part that the message cannot do without is absent.
        case missing
        /// A value that this release does not know or that makes no sense.
        case invalidValue
        /// Text that is not UTF-8.
        case invalidText
    }

    public let code: Code
    /// One sentence that names the message and the field.
    public let message: String

    init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    public var description: String { message }
}
