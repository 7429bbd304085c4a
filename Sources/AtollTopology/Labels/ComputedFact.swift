/// What the agent works out from several files, by the names that rules use.
public enum ComputedFact: String, CaseIterable, Equatable, Sendable {
    /// Boards, whatever they are partitioned into.
    case acceleratorCount = "accelerator_count"
    /// Devices that pods can be given: partitions, or boards where there are none.
    case schedulableCount = "schedulable_count"
    /// NUMA nodes with CPUs; those that are a GPU's memory are not counted.
    case numaCount = "numa_count"
    case nvswitchCount = "nvswitch_count"
    /// InfiniBand, RoCE, Slingshot, Omni-Path and EFA devices that jobs may use.
    case nicCount = "nic_count"
    /// AMD's hives, one input for each.
    case hiveID = "hive_id"
    /// GUIDs of the RDMA cards, one input for each card.
    case systemImageGUID = "sys_image_guid"
    /// Upper halves of the first GIDs of the active InfiniBand ports, one input for each port.
    case subnetPrefix = "subnet_prefix"

    func values(of host: HostTopology) -> [String] {
        switch self {
        case .acceleratorCount: ["\(host.counts.physical)"]
        case .schedulableCount: ["\(host.counts.schedulable)"]
        case .numaCount: ["\(host.numaNodes.count { !$0.cpus.isEmpty })"]
        case .nvswitchCount: ["\(host.nvswitches.count)"]
        case .nicCount: ["\(host.networkDevices.count { !$0.isSwitchManagement && $0.kind != .ethernet })"]
        case .hiveID: host.hives.map { "\($0.id)" }
        case .systemImageGUID: Self.systemImageGUIDs(host.networkDevices)
        case .subnetPrefix:
            host.networkDevices.filter { $0.kind == .infiniband }.flatMap(\.ports).filter(\.isActive)
                .compactMap { Self.prefix(ofGID: $0.firstGID) }
        }
    }

    /// Several functions of a card share its GUID.
    private static func systemImageGUIDs(_ devices: [NetworkDevice]) -> [String] {
        var seen: Set<String> = []
        return devices.map(\.systemImageGUID).filter { !$0.isEmpty && seen.insert($0).inserted }
    }

    /// The first 64 of a GID's 128 bits, as sysfs prints them: `fe80:0000:0000:0000`.
    private static func prefix(ofGID gid: String) -> String? {
        let groups = gid.split(separator: ":")
        return groups.count == 8 ? groups.prefix(4).joined(separator: ":") : nil
    }
}
