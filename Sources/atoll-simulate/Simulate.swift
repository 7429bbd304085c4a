public import ArgumentParser
import AtollSim
import Glibc

/// Runs simulated clusters by the million; for developers, not installed. Exit status 1 if a promise is broken.
@main
struct Simulate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "atoll-simulate",
        abstract: "Simulates whole clusters under faults, one for each seed, on all cores.",
        discussion: """
            A seed that breaks a promise is printed with the command that replays it, and the first one of each promise \
            is made smaller. The last line counts what was done.
            """
    )

    @Option(help: "How many seeds to run.")
    var seeds: UInt64 = 1

    @Option(help: "The first of them.")
    var firstSeed: UInt64 = 1

    @Option(help: "One seed, instead of these two.")
    var seed: UInt64?

    @Option(help: "Limits of the cores, drawn from the seed unless given.")
    var limits: SimLimits = .drawn

    @Option(help: "How many hosts and pods there are.")
    var size: SimSize = .small

    @Option(help: ArgumentHelp("A mistake to make on purpose.", valueName: "name"))
    var bug: PlantedBug?

    @OptionGroup(title: "Leave out")
    var reduction: ReductionOptions

    @Flag(help: "Print all that happens.")
    var trace = false

    @Flag(inversion: .prefixedNo, help: "Look for smaller runs that break the same promise.")
    var shrink = true

    func validate() throws {
        guard (seed ?? firstSeed).addingReportingOverflow(seeds).overflow == false else {
            throw ValidationError("The last seed is beyond \(UInt64.max).")
        }
    }

    func run() async throws {
        let first = seed ?? firstSeed
        let sweep = Sweep(seeds: first..<first + (seed == nil ? seeds : 1), options: options)
        let totals = await sweep.run(on: coreCount) { report in
            for line in report.trace { print(line) }
            if let violation = report.violation {
                print("seed \(report.seed): \(violation)")
                print("  replay: \(Replay(seed: report.seed, options: options))")
            }
        }
        if shrink && !trace { for report in totals.examples { printSmaller(report) } }
        print(totals)
        if totals.violations > 0 { throw ExitCode.failure }
    }

    private var options: SimOptions {
        SimOptions(
            limits: limits,
            size: size,
            plantedBug: bug,
            reduction: reduction.reduction,
            keepsTrace: trace
        )
    }

    private var coreCount: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }

    private func printSmaller(_ report: SimReport) {
        guard let smaller = Shrinker.shrink(report, options: options), let violation = smaller.report.violation else {
            return
        }
        print(
            "seed \(report.seed), smaller: \(smaller.report.faults) faults and \(smaller.report.acts) acts instead of",
            "\(report.faults) and \(report.acts), found in \(smaller.runs) runs: \(violation)"
        )
        print("  replay: \(Replay(seed: report.seed, options: smaller.options))")
    }
}

/// What a smaller run leaves out.
struct ReductionOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Kinds of faults, with commas between them.", valueName: "kinds"))
    var without = FaultKinds(kinds: [])

    @Option(help: ArgumentHelp("All faults and acts after so many milliseconds.", valueName: "milliseconds"))
    var endFaultsMs: Int?

    @Option(help: ArgumentHelp("All acts of operators after so many.", valueName: "count"))
    var acts: Int?

    var reduction: Reduction { Reduction(without: without.kinds, faultsEndMs: endFaultsMs, actsMax: acts) }
}

/// `clockStep,partition`.
struct FaultKinds: ExpressibleByArgument {
    let kinds: Set<FaultKind>

    init(kinds: Set<FaultKind>) { self.kinds = kinds }

    init?(argument: String) {
        let kinds = argument.split(separator: ",").map { FaultKind(rawValue: String($0)) }
        guard !kinds.contains(nil) else { return nil }
        self.kinds = Set(kinds.compactMap(\.self))
    }

    static let allValueStrings = FaultKind.allCases.map(\.rawValue)
    var defaultValueDescription: String { "none" }
}

extension SimLimits: ExpressibleByArgument {}
extension SimSize: ExpressibleByArgument {}
extension PlantedBug: ExpressibleByArgument {}
