import AtollSim
import Glibc

/// Runs many seeds, some on each core. Each is by itself, so the outcome does not depend on how they are shared out.
struct Sweep {
    let seeds: Range<UInt64>
    let options: SimOptions

    /// Large enough that handing them out costs nothing, small enough that no core is left with much at the end.
    private static let seedsPerPart: UInt64 = 32
    private static let progressInterval: Duration = .seconds(10)

    /// - Parameter show: called for each run that broke a promise or kept a trace, in order within a part only.
    func run(on cores: Int, show: (SimReport) -> Void) async -> Totals {
        let clock = ContinuousClock()
        let began = clock.now
        var shownAt = began
        var totals = Totals()
        await withTaskGroup(of: Part.self) { group in
            var next = seeds.lowerBound
            func startNext() {
                guard next < seeds.upperBound else { return }
                let part = next..<min(next + Self.seedsPerPart, seeds.upperBound)
                next = part.upperBound
                group.addTask { [options] in Part(seeds: part, options: options) }
            }
            for _ in 0..<cores { startNext() }
            while let part = await group.next() {
                startNext()
                totals.add(part.totals)
                part.telling.forEach(show)
                if clock.now - shownAt > Self.progressInterval {
                    shownAt = clock.now
                    complain("\(totals.seeds) of \(seeds.count) seeds, \(totals.violations) violations")
                }
            }
        }
        totals.duration = clock.now - began
        return totals
    }

    private func complain(_ message: String) {
        // Progress that cannot be shown is not worth an end.
        _ = Array((message + "\n").utf8).withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }
}

/// Some seeds, one after the other.
private struct Part: Sendable {
    private(set) var totals = Totals()
    /// Reports that somebody wants to read.
    private(set) var telling: [SimReport] = []

    init(seeds: Range<UInt64>, options: SimOptions) {
        for seed in seeds {
            let report = Simulation.run(seed: seed, options: options)
            totals.add(report)
            if report.violation != nil || !report.trace.isEmpty { telling.append(report) }
        }
    }
}
