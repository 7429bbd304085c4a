import Foundation

/// Measures the benchmarks that `figures.txt` names, and compares them with it or writes it anew.
///
/// Both the benchmarks and the reference are the processor time of the best of several runs: what other processes take
/// shows in neither, and how fast the machine is shows in both.
struct Check {
    private let runs: Int
    private let machine: Machine
    private var figures: Figures
    /// The places of those lines of `figures` that are wanted.
    private let chosen: [Int]
    private let benchmarks: [String: Benchmark]
    /// Seconds that a frame took, each time that it was measured.
    private var references: [Double] = []

    /// In the folder that `scripts/bench` runs us in.
    private static let path = "figures.txt"

    /// - Parameter names: as in `Benchmark.named`; all lines for none.
    /// - Throws: `BenchError` for a debug build, which would be compared with release builds, and for what the file
    ///   names and nobody knows.
    init(names: [String], runs: Int, machine: Machine) throws {
        guard machine.configuration == "release" else { throw BenchError("a debug build has no figures to compare") }
        self.runs = runs
        self.machine = machine
        figures = try Figures(text: try String(contentsOfFile: Self.path, encoding: .utf8))
        let wanted = Set(try Benchmark.named(names).map(\.name))
        chosen = figures.lines.indices.filter { [lines = figures.lines] in
            names.isEmpty || wanted.contains(lines[$0].name)
        }
        guard !chosen.isEmpty else { throw BenchError("\(Self.path) has none of these") }
        benchmarks = Dictionary(uniqueKeysWithValues: Benchmark.all.map { ($0.name, $0) })
        guard benchmarks[Benchmark.floorInMemory] != nil else {
            throw BenchError("ATOLL_FLOOR names no program; use scripts/bench")
        }
        for line in chosen.map({ figures.lines[$0] }) where benchmarks[line.name] == nil {
            throw BenchError("\(Self.path) has \(line.name), which is no benchmark; take it out")
        }
    }

    /// - Throws: `BenchError` when any is too slow, or has no figure yet.
    mutating func compare() throws {
        var seconds = try measure(chosen)
        let suspects = comparisons(seconds).filter { $0.value.verdict == .slower }.keys.sorted()
        if !suspects.isEmpty {
            // Other work may have come just then: those get another chance.
            seconds.merge(try measure(suspects)) { Swift.min($0, $1) }
        }
        let compared = comparisons(seconds).sorted { $0.key < $1.key }.map(\.value)
        print(table(of: compared))
        let bad = compared.filter { $0.verdict == .slower || $0.verdict == .unrecorded }
        guard bad.isEmpty else {
            let names = bad.map { "\($0.line.name) (\($0.verdict.rawValue.lowercased()))" }.joined(separator: ", ")
            throw BenchError("\(bad.count) of \(compared.count) are not as they were: \(names)")
        }
    }

    /// Replaces the figures of those that are chosen.
    mutating func record() throws {
        let seconds = try measure(chosen)
        for (place, comparison) in comparisons(seconds) { figures.lines[place].frames = comparison.frames }
        try Data(figures.text(recordedOn: machine).utf8).write(to: URL(filePath: Self.path))
        print("wrote \(seconds.count) figures to \(Self.path)")
    }

    /// Seconds of an operation by the place of its line, and the reference before and after.
    private mutating func measure(_ places: [Int]) throws -> [Int: Double] {
        references.append(try measure(Benchmark.floorInMemory, hosts: nil))
        let seconds = try places.map { place in
            let line = figures.lines[place]
            return (place, try measure(line.name, hosts: line.hosts))
        }
        references.append(try measure(Benchmark.floorInMemory, hosts: nil))
        return Dictionary(uniqueKeysWithValues: seconds)
    }

    private func measure(_ name: String, hosts: Int?) throws -> Double {
        guard let benchmark = benchmarks[name] else { throw BenchError("no benchmark is called \(name)") }
        return try Child.measure(benchmark, size: hosts, runs: runs).operationCPUSecondsMin
    }

    private func comparisons(_ seconds: [Int: Double]) -> [Int: Comparison] {
        let frame = references.min() ?? .nan
        return Dictionary(
            uniqueKeysWithValues: seconds.map { ($0, Comparison(line: figures.lines[$0], frames: $1 / frame)) }
        )
    }

    private func table(of compared: [Comparison]) -> String {
        let rows = compared.map { one in
            [
                one.line.name, one.line.hosts.map { String($0) } ?? "-", one.line.frames.map(Figures.rounded) ?? "-",
                Figures.rounded(one.frames), one.ratio.map { "x" + String(format: "%.2f", $0) } ?? "-",
                one.verdict.rawValue,
            ]
        }
        let nanoseconds = references.map { String(format: "%.1f", $0 * 1e9) }.joined(separator: ", ")
        return """
            \(TextTable([["NAME", "HOSTS", "RECORDED", "NOW", "RATIO", ""]] + rows).text)

            In frames of \(Benchmark.floorInMemory), the best of these: \(nanoseconds) ns. \
            More than x\(Comparison.tolerance) is too slow.
            """
    }
}
