/// A place in the text; both numbers start at 1, and 0 means unknown.
public struct YAMLMark: Hashable, Comparable, Sendable {
    public var line, column: Int

    public init(line: Int = 0, column: Int = 0) {
        self.line = line
        self.column = column
    }

    public static func < (left: YAMLMark, right: YAMLMark) -> Bool {
        (left.line, left.column) < (right.line, right.column)
    }
}
