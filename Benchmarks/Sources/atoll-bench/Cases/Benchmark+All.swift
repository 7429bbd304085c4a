extension Benchmark {
    /// In the order of the report.
    static var all: [Benchmark] {
        live + agents + placement + gangs + jobSets + restore + sessions + wire + texts + topology + floor
    }

    /// Each name is one benchmark's, or the beginning of those of several (`f2`); all for none.
    static func named(_ names: [String]) throws -> [Benchmark] {
        let wanted = try names.map { name in
            let exact = all.filter { $0.name == name }
            let chosen = exact.isEmpty ? all.filter { $0.name.hasPrefix(name) } : exact
            guard !chosen.isEmpty else { throw BenchError("no benchmark is called \(name); see scripts/bench --list") }
            return Set(chosen.map(\.name))
        }
        return names.isEmpty ? all : all.filter { one in wanted.contains { $0.contains(one.name) } }
    }

    /// The numbers of hosts that a growth table has.
    static let growthSizes = [1_000, 2_000, 4_000, 8_000, 15_000]
}
