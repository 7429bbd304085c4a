/// What this module refuses, with everything a person needs to put it right.
public struct TopologyError: Error, Equatable, Sendable, CustomStringConvertible {
    public enum Code: Equatable, Sendable {
        /// A configuration file that is not YAML, or not ours.
        case configuration
        /// A host that cannot be generated as asked for.
        case generator
        /// A file or folder that could not be written.
        case output
    }

    public var code: Code
    /// One sentence: what is wrong and what to do.
    public var message: String
    /// The file concerned, and the line in it from 1; 0 when no line is to blame.
    public var file: String
    public var line: Int

    public init(_ code: Code, _ message: String, file: String, line: Int = 0) {
        self.code = code
        self.message = message
        self.file = file
        self.line = line
    }

    public var description: String { line > 0 ? "\(file):\(line): \(message)" : "\(file): \(message)" }
}
