public import AtollModel

/// Writes example hosts: folder trees in the shape that the kernel and the drivers give to `/sys` and `/proc` on real
/// machines, with the agent's configuration in `/etc/atoll`. For demonstrations and tests; no real host is described.
///
/// Deterministic: the same generator writes the same bytes.
public struct HostGenerator: Equatable, Sendable {
    public enum Kind: String, CaseIterable, Sendable {
        /// A Google Cloud VM with four TPU v5e chips, one half of a 2x4 slice.
        case tpuV5e = "tpu-v5e"
        /// A DGX H100: eight GPUs, four NVSwitches, eight InfiniBand cards.
        case h100
        /// Eight MI300X in one XGMI hive, in SPX mode.
        case mi300x
        /// Eight Gaudi3.
        case gaudi3
    }

    public var kind: Kind
    /// The host's name; also what ids are drawn from, together with the seed.
    public var name: String
    public var seed: UInt64
    /// Labels that the host's configuration gives it before any other rule.
    public var islands: Labels
    /// Position of a TPU host in its slice.
    public var workerID: Int

    public init(kind: Kind, name: String, seed: UInt64 = 1, islands: Labels = [:], workerID: Int = 0) {
        self.kind = kind
        self.name = name
        self.seed = seed
        self.islands = islands
        self.workerID = workerID
    }

    /// Writes the host into a folder, which is made if needed.
    ///
    /// - Throws: when the folder has something in it or cannot be written, and for islands that are no labels.
    public func write(into folder: String) throws(TopologyError) {
        for (key, value) in islands where !LabelValue.isClean(key + value) || key.isEmpty || value.isEmpty {
            throw TopologyError(
                .generator,
                "island `\(key)=\(value)` is no label: use letters, digits, `-`, `_`, `.`, `/`",
                file: folder
            )
        }
        try tree().write(into: folder)
    }

    /// Writes `count` hosts named `<name>-0`, `<name>-1` and so on, each into the folder of its name below `folder`,
    /// with worker ids that count up from this one's.
    ///
    /// - Returns: their names.
    @discardableResult
    public func write(count: Int, into folder: String) throws(TopologyError) -> [String] {
        var names: [String] = []
        for index in 0..<max(0, count) {
            var host = self
            host.name = "\(name)-\(index)"
            host.workerID += index
            try host.write(into: "\(folder)/\(host.name)")
            names.append(host.name)
        }
        return names
    }

    func tree() -> FileTree {
        var tree = FileTree()
        switch kind {
        case .tpuV5e: addTPU(&tree)
        case .h100: addH100(&tree)
        case .mi300x: addMI300X(&tree)
        case .gaudi3: addGaudi3(&tree)
        }
        return tree
    }

    /// A number for a purpose: different for each name, seed and purpose, the same every time (SplitMix64's finaliser
    /// over FNV-1a).
    func id(_ purpose: String) -> UInt64 {
        var mixed = LabelValue.fnv1a("\(seed)/\(name)/\(purpose)")
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }

    /// A version 4 UUID for a purpose.
    func uuid(_ purpose: String) -> String {
        let high = id(purpose + "/high") & 0xffff_ffff_ffff_0fff | 0x4000
        let low = id(purpose + "/low") & 0x3fff_ffff_ffff_ffff | 0x8000_0000_0000_0000
        let digits = high.hexadecimal(digits: 16) + low.hexadecimal(digits: 16)
        let ends = [0, 8, 12, 16, 20, 32]
        return zip(ends, ends.dropFirst()).map { digits.dropFirst($0).prefix($1 - $0) }.joined(separator: "-")
    }
}
