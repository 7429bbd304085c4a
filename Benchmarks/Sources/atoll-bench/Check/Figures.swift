import Foundation

/// What benchmarks cost when they were recorded: the lines of `Benchmarks/figures.txt`, which say which are checked.
struct Figures: Equatable {
    var lines: [Line]

    /// One benchmark of one size.
    struct Line: Equatable {
        let name: String
        /// Nil for a benchmark of one size.
        let hosts: Int?
        /// Processor time of an operation, in that of a frame of the reference; nil until it is recorded.
        var frames: Double?
    }

    /// - Throws: `BenchError` for a line that is none.
    init(text: String) throws {
        lines = try text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map { line in
            let words = line.split(separator: " ").map(String.init)
            guard words.count == 3, let hosts = Self.optional(words[1], Int.init),
                let frames = Self.optional(words[2], Double.init)
            else { throw BenchError("this is no figure of a benchmark: \(line)") }
            return Line(name: words[0], hosts: hosts, frames: frames)
        }
    }

    /// What `init` reads, in columns.
    func text(recordedOn machine: Machine) -> String {
        let header = """
            # What benchmarks cost: name, hosts, and the processor time of an operation in that of a frame of
            # `\(Benchmark.floorInMemory)`, which was measured in the same run. `scripts/bench --check` compares with it, `--record`
            # writes it. To add one, write a line with `-` for what is to be recorded.
            # Recorded last on \(machine.processor), \(machine.cores) cores, load average \(machine.loadAverage), commit \(machine.commit)
            """
        let rows = lines.map { [$0.name, $0.hosts.map { String($0) } ?? "-", $0.frames.map(Self.rounded) ?? "-"] }
        return header + "\n" + TextTable(rows).text + "\n"
    }

    /// `-` is nil; nil altogether for what cannot be read.
    private static func optional<Value>(_ word: String, _ read: (String) -> Value?) -> Value?? {
        word == "-" ? .some(nil) : read(word).map(Optional.some)
    }

    /// To three significant digits.
    static func rounded(_ number: Double) -> String {
        guard number >= 1000 else { return number.short }
        let unit = pow(10, floor(log10(number)) - 2)
        return String(format: "%.0f", (number / unit).rounded() * unit)
    }
}
