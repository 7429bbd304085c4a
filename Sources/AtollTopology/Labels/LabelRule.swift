public import AtollModel

/// One rule of the island language: where a label's value comes from and what is done to it.
///
/// Rules run in the order of the file. For each key the first rule that yields a value wins, so later rules of the same
/// key are fallbacks. An input goes through `match`, `map` and `format` in this order, and `reduce` makes one value of
/// several inputs.
public struct LabelRule: Equatable, Sendable {
    /// The label: `cloud.google.com/gke-nodepool`.
    public var key: String
    public var source: LabelSource
    /// A regular expression; the value is its group `value`, else its first group, else the whole match. An input that
    /// does not match yields nothing. Nil takes the whole input.
    public var match: String?
    /// Replacements of whole values; a value that is not in it stays as it is.
    public var map: Labels
    /// The value with `{value}`, `{hostname}`, `{machine-id}`, `{label:KEY}` and the named groups of `match` put in;
    /// nil is `{value}`. A label that has no value yet makes the rule yield nothing.
    public var format: String?
    public var reduce: LabelReduction
    /// Inputs that count as missing, beside the built-in placeholders; compared without regard to case.
    public var reject: [String]
    /// False for a label without which the host is not as its operator wants it: its absence is a warning.
    public var isOptional: Bool
    /// Where the rule stands in its file, from 1; 0 for one that came from none.
    public var line: Int

    public init(
        key: String,
        source: LabelSource,
        match: String? = nil,
        map: Labels = [:],
        format: String? = nil,
        reduce: LabelReduction = .allEqual,
        reject: [String] = [],
        isOptional: Bool = true,
        line: Int = 0
    ) {
        self.key = key
        self.source = source
        self.match = match
        self.map = map
        self.format = format
        self.reduce = reduce
        self.reject = reject
        self.isOptional = isOptional
        self.line = line
    }
}

/// Where a rule's inputs come from. Paths may hold the globs `*`, `?`, `[..]` and `{a,b}`, and never `..`.
public enum LabelSource: Equatable, Sendable {
    /// Attributes below `/sys`: `class/dmi/id/chassis_asset_tag`.
    case sysfs(String)
    /// Whole files by absolute path, at most 64 KiB each.
    case file(String)
    /// The value of one key in files of `KEY=VALUE` or `KEY: 'value'` lines.
    case envFile(path: String, key: String)
    /// The kernel's host name.
    case hostname
    /// The same text on every host that has the rule.
    case const(String)
    /// A field of `/sys/class/dmi/id`, by its file name.
    case dmi(String)
}

/// How several inputs become one value.
public enum LabelReduction: String, CaseIterable, Equatable, Sendable {
    /// All the same, or else the rule is ambiguous and the label stays unset: no value is ever picked.
    case allEqual
    /// The first in the order of the paths: alternatives of `{a,b}` as written, each sorted bytewise.
    case first
    /// The distinct values, sorted and joined by `-`.
    case uniqueJoin
}
