import Foundation

/// `atoll-bench [NAME...] [-o json] [--runs N] [--sizes N,N,...] [--plots FOLDER] [--list | --check | --record]`
@main
struct Command {
    private var names: [String] = []
    private var wantsJSON = false
    private var runs = 5
    private var sizes: [Int]?
    /// Where pictures of growth go.
    private var plots: URL?
    private var commit = "unknown"
    private var errand = Errand.report

    private enum Errand {
        case report, list, check, record
        /// A child's part: measure one benchmark of one size and print it as JSON.
        case child
    }

    static func main() async {
        do {
            try await Command(CommandLine.arguments.dropFirst()).run()
        } catch {
            FileHandle.standardError.write(Data("atoll-bench: \(error)\n".utf8))
            exit(1)
        }
    }

    private init(_ arguments: some Sequence<String>) throws {
        var rest = Array(arguments)[...]
        while let argument = rest.popFirst() {
            switch argument {
            case "-o": wantsJSON = try Self.value(of: argument, in: &rest) == "json"
            case "--runs": runs = try Self.number(try Self.value(of: argument, in: &rest), atLeast: 1)
            case "--sizes":
                sizes = try Self.value(of: argument, in: &rest).split(separator: ",")
                    .map { try Self.number(String($0), atLeast: 64) }
            case "--commit": commit = try Self.value(of: argument, in: &rest)
            case "--plots": plots = URL(filePath: try Self.value(of: argument, in: &rest))
            case "--list": errand = .list
            case "--check": errand = .check
            case "--record": errand = .record
            case "--child": errand = .child
            case _ where argument.hasPrefix("-"): throw BenchError("\(argument) is no option; see scripts/bench --help")
            default: names.append(argument)
            }
        }
    }

    private static func value(of option: String, in rest: inout ArraySlice<String>) throws -> String {
        guard let value = rest.popFirst() else { throw BenchError("\(option) needs a value") }
        return value
    }

    private static func number(_ text: String, atLeast least: Int) throws -> Int {
        guard let number = Int(text), number >= least else {
            throw BenchError("\(text) is no number of at least \(least)")
        }
        return number
    }

    private func run() async throws {
        let chosen = try Benchmark.named(names)
        switch errand {
        case .report: try report(on: chosen)
        case .list: print(chosen.map { "\($0.name)\t\($0.what)" }.joined(separator: "\n"))
        case .check, .record: try check()
        case .child: try await measure(chosen)
        }
    }

    private func report(on chosen: [Benchmark]) throws {
        guard plots == nil || chosen.contains(where: { sizes(of: $0).count > 1 }) else {
            throw BenchError("there is nothing to plot: none of these is measured at several sizes")
        }
        var measurements: [Measurement] = []
        let machine = Machine(commit: commit)
        for benchmark in chosen {
            for size in sizes(of: benchmark) {
                measurements.append(try Child.measure(benchmark, size: size, runs: runs))
            }
        }
        let report = Report(machine: machine, measurements: measurements)
        if let plots { try GrowthPlot.write(report, into: plots) }
        print(wantsJSON ? try report.json() : report.text())
    }

    /// One nil for a benchmark of one size.
    private func sizes(of benchmark: Benchmark) -> [Int?] {
        benchmark.sizes.isEmpty ? [nil] : (sizes ?? benchmark.sizes).map(Optional.init)
    }

    private func check() throws {
        guard !wantsJSON, sizes == nil, plots == nil else {
            throw BenchError("--check and --record go with names and --runs alone")
        }
        var check = try Check(names: names, runs: runs, machine: Machine(commit: commit))
        if errand == .check { try check.compare() } else { try check.record() }
    }

    private func measure(_ chosen: [Benchmark]) async throws {
        guard let benchmark = chosen.first else { return }
        let measurement = try await Measurement(of: benchmark, size: sizes?.first, runs: runs)
        FileHandle.standardOutput.write(try JSONEncoder().encode(measurement))
    }
}
