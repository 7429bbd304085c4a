extension KFDTopology {
    static let folder = "sys/class/kfd/kfd/topology"
    static let nodesFolder = "\(folder)/nodes"

    /// Nil where there is no KFD tree. Where there is one, it decides which AMD devices can compute.
    static func read(_ tree: HostTree, warnings: inout Warnings) -> KFDTopology? {
        let generation = tree.text("\(folder)/generation_id").value
        return tree.remembered(folder, stamp: generation) {
            var reading = KFDReading(tree)
            let topology = reading.read(generation: generation.flatMap { UInt64($0) })
            for sentence in reading.complaints { warnings.add(sentence) }
            return (topology, isWhole: reading.complaints.isEmpty)
        }
    }
}

/// One reading of all nodes, in which each table may fail by itself.
private struct KFDReading {
    private let tree: HostTree
    private(set) var complaints: [String] = []

    init(_ tree: HostTree) { self.tree = tree }

    mutating func read(generation: UInt64?) -> KFDTopology? {
        let path = KFDTopology.nodesFolder
        let rows = table(path) { KFDNode(NumberLines($0)) }
        if rows.isEmpty { return nil }
        var topology = KFDTopology()
        topology.generation = generation
        for (number, row) in rows {
            switch row {
            case .value(let node?): add(node, number, to: &topology)
            case .value(nil): break
            case .absent: complaints.append("/\(path)/\(number)/properties is missing: KFD node \(number) is left out")
            case .failed(let code): complain("\(path)/\(number)/properties", code)
            }
        }
        return topology
    }

    private mutating func add(_ node: KFDNode, _ number: UInt32, to topology: inout KFDTopology) {
        let folder = "\(KFDTopology.nodesFolder)/\(number)"
        var node = node
        node.number = number
        if node.isGPU {
            node.gpuID = tree.text("\(folder)/gpu_id").value.flatMap { UInt32($0) }
            node.memoryBytes = memory("\(folder)/mem_banks")
        }
        topology.nodes.append(node)
        topology.links += links("\(folder)/io_links")
        topology.indirectLinks += links("\(folder)/p2p_links")
    }

    private mutating func links(_ folder: String) -> [KFDLink] {
        table(folder) { KFDLink(NumberLines($0)) }.compactMap { $0.row.value ?? nil }
    }

    /// Heap 0 is the host's; 1 and 2 are the parts of the GPU's own memory that a processor can and cannot reach.
    private mutating func memory(_ folder: String) -> UInt64? {
        let banks = table(folder) { NumberLines($0).numbers(of: ["heap_type", "size_in_bytes"]) }
        if banks.isEmpty { return nil }
        return banks.compactMap(\.row.value).filter { $0[0] == 1 || $0[0] == 2 }
            .reduce(0) { $0.addingReportingOverflow($1[1] ?? 0).partialValue }
    }

    private mutating func table<Row>(
        _ folder: String,
        _ row: (UnsafeBufferPointer<UInt8>) -> Row
    ) -> [(number: UInt32, row: Reading<Row>)] {
        let rows = tree.table(in: folder, "properties", row)
        if case .failed(let code) = rows { complain(folder, code) }
        return rows.value ?? []
    }

    private mutating func complain(_ path: String, _ code: Int32) {
        complaints.append(KFDTopology.complaint(path, code))
    }
}

extension KFDTopology {
    /// `kfd_devcgroup_check_permission` answers EPERM for the GPUs whose render node the reader's cgroup may not open.
    static func complaint(_ path: String, _ code: Int32) -> String {
        if code != SystemCalls.notPermitted { return "/\(path) cannot be read: \(SystemCalls.text(of: code))" }
        return "AMD KFD nodes cannot be read (EPERM): the unit's device cgroup denies their render nodes; "
            + "set DeviceAllow=char-drm rw, or drop PrivateDevices=yes or DevicePolicy=closed"
    }
}

extension KFDNode {
    private static let keys: [StaticString] = [
        "simd_count", "cpu_cores_count", "vendor_id", "device_id", "location_id", "domain", "unique_id", "hive_id",
        "drm_render_minor", "gfx_target_version", "num_xcc", "io_links_count",
    ]

    /// The number is not in it. Nil for what is neither processor nor GPU, and for GPUs without a place.
    fileprivate init?(_ lines: NumberLines) {
        let numbers = lines.numbers(of: Self.keys)
        func small<Number: FixedWidthInteger>(_ index: Int) -> Number? {
            numbers[index].flatMap { Number(exactly: $0) }
        }
        let simdCount: UInt32 = small(0) ?? 0
        isGPU = simdCount > 0
        coreCount = small(1) ?? 0
        guard isGPU || coreCount > 0 else { return nil }
        let (vendor, device, location): (UInt16?, UInt16?, UInt32?) = (small(2), small(3), small(4))
        if isGPU && (vendor == nil || device == nil || location == nil) { return nil }
        self.vendor = vendor ?? 0
        self.device = device ?? 0
        self.location = location ?? 0
        // Old drivers have neither domain, unique_id, num_xcc nor gfx_target_version.
        address = PCIAddress(
            domain: small(5) ?? 0,
            bus: UInt8(truncatingIfNeeded: self.location >> 8),
            device: UInt8(truncatingIfNeeded: self.location >> 3) & 0x1f
        )
        uniqueID = numbers[6] ?? 0
        hive = numbers[7].flatMap(Self.hive)
        renderMinor = isGPU ? small(8) : nil
        instructionSet = small(9) ?? 0
        computeDieCount = small(10) ?? 0
        linkCount = small(11)
        number = 0
    }

    /// A partitioned GPU outside of any hive is given its PCI id, of 16 bits, in the place of one.
    static func hive(_ id: UInt64) -> UInt64? { id > UInt64(UInt16.max) ? id : nil }
}

extension KFDLink {
    private static let keys: [StaticString] = ["node_from", "node_to", "type", "weight", "max_bandwidth"]

    /// Nil without the nodes at both ends and the type.
    fileprivate init?(_ lines: NumberLines) {
        let numbers = lines.numbers(of: Self.keys)
        guard let from = numbers[0], let to = numbers[1], let type = numbers[2] else { return nil }
        self.from = UInt32(clamping: from)
        self.to = UInt32(clamping: to)
        self.type = UInt32(clamping: type)
        weight = UInt32(clamping: numbers[3] ?? 0)
        bandwidthMax = UInt32(clamping: numbers[4] ?? 0)
    }
}
