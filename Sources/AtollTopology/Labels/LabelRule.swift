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
    /// The value with `{value}`, `{hostname}`, `{machine-id}`, `{label:KEY}`, the named groups of `match` and, in rules
    /// for devices, `{pci}` put in; nil is `{value}`. A variable without a value makes the rule yield nothing.
    public var format: String?
    public var reduce: LabelReduction
    /// Inputs that count as missing, beside the built-in placeholders; compared without regard to case.
    public var reject: [String]
    /// False for a label without which the host is not as its operator wants it: its absence is a finding.
    public var isOptional: Bool
    public var scope: LabelScope
    public var when: LabelGuard
    /// Files that were last written longer ago count as missing: what wrote them has stopped. Nil looks at no age.
    public var maxAge: Duration?
    /// The preset that the rule is from; empty for one of the host's own configuration.
    public var preset: String
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
        scope: LabelScope = .host,
        when: LabelGuard = LabelGuard(),
        maxAge: Duration? = nil,
        preset: String = "",
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
        self.scope = scope
        self.when = when
        self.maxAge = maxAge
        self.preset = preset
        self.line = line
    }
}

/// What a rule labels.
public enum LabelScope: String, CaseIterable, Equatable, Sendable {
    case host
    /// Each accelerator that has a PCI address, its partitions as one. Such labels describe devices to people and to
    /// other rules; islands are made of hosts.
    case device
}
