/// The GPU nodes of AMD's KFD topology (kernel source `drivers/gpu/drm/amd/amdkfd/kfd_topology.c`), in node order.
///
/// A node is what the ROCm runtime counts as one agent: a whole GPU, or one partition of it (DPX, QPX, CPX).
struct KFDTopology {
    struct Node: Equatable {
        var number: UInt32
        /// The address of function 0: partitions hide their number in the function bits of `location_id`.
        var address: PCIAddress
        var vendor: UInt16
        var device: UInt16
        /// Shared by the partitions of a device; 0 where the driver gives none.
        var uniqueID: UInt64
    }

    /// Whether there is a KFD tree at all. Where there is one, it decides which AMD devices can compute.
    private(set) var isPresent = false
    private(set) var nodes: [Node] = []

    static let folder = "sys/class/kfd/kfd/topology/nodes"

    init(_ tree: HostTree, warnings: inout Warnings) {
        let folder = tree.names(in: Self.folder)
        warnings.add(folder, of: Self.folder)
        let numbers = (folder.value ?? []).compactMap { UInt32($0) }.sorted()
        isPresent = !numbers.isEmpty
        for number in numbers {
            let path = "\(Self.folder)/\(number)/properties"
            switch tree.text(path) {
            case .value(let text):
                if let node = Node(number: number, Properties(text, separator: " ")) { nodes.append(node) }
            case .absent: warnings.add("/\(path) is missing: KFD node \(number) is left out")
            case .failed(let code): warnings.add(Self.complaint(path, code))
            }
        }
    }

    /// `kfd_devcgroup_check_permission` answers EPERM for the GPUs whose render node the reader's cgroup may not open.
    static func complaint(_ path: String, _ code: Int32) -> String {
        if code != SystemCalls.notPermitted { return "/\(path) cannot be read: \(SystemCalls.text(of: code))" }
        return "AMD KFD nodes cannot be read (EPERM): the unit's device cgroup denies their render nodes; "
            + "set DeviceAllow=char-drm rw, or drop PrivateDevices=yes or DevicePolicy=closed"
    }
}

extension KFDTopology.Node {
    /// Nil for CPU nodes, and for GPU nodes whose properties do not say where they are.
    init?(number: UInt32, _ properties: Properties) {
        guard let simdCount: UInt32 = properties.number("simd_count"), simdCount > 0,
            let vendor: UInt16 = properties.number("vendor_id"), let device: UInt16 = properties.number("device_id"),
            let location: UInt32 = properties.number("location_id")
        else { return nil }
        self.number = number
        self.vendor = vendor
        self.device = device
        // Old drivers have neither domain nor unique_id.
        uniqueID = properties.number("unique_id") ?? 0
        address = PCIAddress(
            domain: properties.number("domain") ?? 0,
            bus: UInt8(truncatingIfNeeded: location >> 8),
            device: UInt8(truncatingIfNeeded: location >> 3) & 0x1f
        )
    }
}
