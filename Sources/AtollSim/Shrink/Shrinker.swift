import AtollModel

/// Makes a run that breaks a promise smaller, so that a person can read its trace.
public enum Shrinker {
    /// The reduction is the largest found under which the run breaks the same promise; `report` is of that run.
    public struct Outcome: Equatable, Sendable {
        public let options: SimOptions
        public let report: SimReport
        /// Runs that it took to find it.
        public let runs: Int
    }

    /// Nil if the report is of a run that breaks no promise.
    ///
    /// - Parameter options: those of the reported run; a reduction in them is the least that is left out.
    public static func shrink(_ report: SimReport, options: SimOptions, runsMax: Int = 200) -> Outcome? {
        guard let violation = report.violation else { return nil }
        var smallest = report
        var search = ReductionSearch(from: options.reduction, trialsMax: runsMax) { reduction in
            let other = Simulation.run(seed: report.seed, options: options.reduced(to: reduction))
            guard other.violation?.promise == violation.promise else { return false }
            smallest = other
            return true
        }
        search.run(
            kinds: FaultKind.allCases,
            faultsEndMs: Int(min(options.faultPhase, violation.at + .milliseconds(1)).nanoseconds / 1_000_000),
            acts: report.acts
        )
        return Outcome(
            options: options.reduced(to: search.best),
            report: smallest,
            runs: runsMax - search.trialsLeft
        )
    }
}

extension SimOptions {
    fileprivate func reduced(to reduction: Reduction) -> SimOptions {
        var options = self
        options.reduction = reduction
        return options
    }
}
