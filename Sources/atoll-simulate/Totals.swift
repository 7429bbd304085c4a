import AtollSim

/// What many runs come to.
struct Totals: CustomStringConvertible, Sendable {
    private(set) var seeds = 0
    private var steps = 0
    private var faults = 0
    private var pods = 0
    private var finished = 0
    private(set) var violations = 0
    /// One run for each promise that was broken, in the order in which they came in.
    private(set) var examples: [SimReport] = []
    var duration: Duration = .zero

    mutating func add(_ report: SimReport) {
        seeds += 1
        steps += report.steps
        faults += report.faults
        pods += report.podsStarted
        finished += report.jobSetsFinished
        if report.violation != nil {
            violations += 1
            keepExample(report)
        }
    }

    mutating func add(_ other: Totals) {
        seeds += other.seeds
        steps += other.steps
        faults += other.faults
        pods += other.pods
        finished += other.finished
        violations += other.violations
        other.examples.forEach { keepExample($0) }
    }

    private mutating func keepExample(_ report: SimReport) {
        let isNew = !examples.contains { $0.violation?.promise == report.violation?.promise }
        if isNew { examples.append(report) }
    }

    var description: String {
        "\(seeds) seeds, \(steps) steps, \(faults) faults, \(pods) pods, \(finished) finished JobSets, "
            + "\(violations) violations, \(duration.components.seconds) s"
    }
}
