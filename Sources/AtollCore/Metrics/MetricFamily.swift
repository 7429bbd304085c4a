public import AtollModel

/// One metric with all of its samples, as Prometheus knows them. Source: its text exposition format, version 0.0.4.
public struct MetricFamily: Equatable, Sendable {
    public enum Kind: String, Sendable { case counter, gauge, histogram }

    public struct Sample: Equatable, Sendable {
        /// What a histogram's samples have behind their name: `_bucket`, `_sum`, `_count`; empty for others.
        public var suffix: String
        public var labels: Labels
        public var value: Double

        public init(suffix: String = "", labels: Labels = [:], value: Double) {
            self.suffix = suffix
            self.labels = labels
            self.value = value
        }
    }

    /// Ends in the unit, and in `_total` for a counter.
    public var name: String
    public var kind: Kind
    /// A sentence without line breaks.
    public var help: String
    public var samples: [Sample]

    public init(_ name: String, _ kind: Kind, _ help: String, _ samples: [Sample]) {
        self.name = name
        self.kind = kind
        self.help = help
        self.samples = samples
    }
}
