public import AtollModel

/// The labels of one host and how each came about.
public struct LabelReport: Equatable, Sendable {
    /// `kubernetes.io/hostname` and every key whose rules gave a value.
    public var labels: Labels = [:]
    /// Labels of accelerators, from rules with `scope: device`, by PCI address. They stay with the agent: what a
    /// coordinator places by are hosts.
    public var deviceLabels: SortedMap<String, Labels> = [:]
    /// One for each key that has rules, in the order of their first rules; of rules for devices one for each device.
    public var outcomes: [LabelOutcome] = []
    /// One sentence for each label whose input is there and cannot be used.
    public var warnings: [String] = []
    /// Labels that are ambiguous, and those that are required and missing; the most severe first.
    public var findings: [Finding] = []
}

/// What became of one label key.
public struct LabelOutcome: Equatable, Sendable {
    public var key: String
    /// PCI address of the device that the label is for; empty for the host.
    public var device = ""
    /// As it is on the host, sanitised; nil when no rule gave one.
    public var value: String?
    /// Before sanitising; empty when there is none.
    public var rawValue = ""
    /// Every rule of the key, in order; the one that won has the result `.value`.
    public var attempts: [LabelAttempt] = []

    /// The rule that won.
    public var winner: LabelAttempt? {
        attempts.first { if case .value = $0.result { true } else { false } }
    }

    /// Whether later rules have nothing to say.
    var isDecided: Bool { attempts.contains { $0.result.isFinal } }
}

/// What one rule gave.
public struct LabelAttempt: Equatable, Sendable {
    /// The preset that the rule is from; empty for one of the host's own configuration.
    public var preset = ""
    /// Position of the rule in the configuration or in the preset, from 1.
    public var rule: Int
    /// Line of the rule in the configuration; 0 if it came from none.
    public var line: Int
    /// Whether it wants the label to have a value; false where it does not apply.
    public var isRequired = false
    public var result: LabelResult

    /// `rule 2`, or `preset tpu-v5e, rule 2`.
    public var name: String { preset.isEmpty ? "rule \(rule)" : "preset \(preset), rule \(rule)" }
}
