/// The command that repeats a run, with a trace of all that happens. Knows of those options that the command has.
public struct Replay: CustomStringConvertible, Sendable {
    public let seed: UInt64
    public let options: SimOptions

    public init(seed: UInt64, options: SimOptions) {
        self.seed = seed
        self.options = options
    }

    public var description: String {
        let reduction = options.reduction
        let without = FaultKind.allCases.filter(reduction.without.contains).map(\.rawValue)
        let parts = [
            "scripts/simulate --seed \(seed)",
            options.limits == .drawn ? nil : "--limits \(options.limits.rawValue)",
            options.size == .small ? nil : "--size \(options.size.rawValue)",
            options.plantedBug.map { "--bug \($0.rawValue)" },
            reduction.faultsEndMs.map { "--end-faults-ms \($0)" },
            without.isEmpty ? nil : "--without \(without.joined(separator: ","))",
            reduction.actsMax.map { "--acts \($0)" },
            "--trace",
        ]
        return parts.compactMap(\.self).joined(separator: " ")
    }
}
