/// `successPolicy` of a job: when an Indexed job has done enough. Any rule that is met suffices. Source: `batch/v1`.
public struct JobSuccessPolicy: Equatable, Sendable {
    public struct Rule: Equatable, Sendable {
        /// Nil: any indexes.
        public var succeededIndexes: IndexIntervals?
        /// How many of them must have succeeded; nil: all of them.
        public var succeededCount: Int32?

        public init(succeededIndexes: IndexIntervals? = nil, succeededCount: Int32? = nil) {
            self.succeededIndexes = succeededIndexes
            self.succeededCount = succeededCount
        }
    }

    public var rules: [Rule]

    public init(rules: [Rule]) { self.rules = rules }
}
