/// What a reading leaves to the next one: the attributes that hold for as long as their folder is the same one.
struct TreeMemory: Sendable {
    struct Folder: Sendable {
        var identity: FolderIdentity
        /// By the names of the attributes and links; nil for one that is not there.
        var texts: [String: String?] = [:]
        /// Made of many files below the folder, and what must not have changed for it to hold.
        var value: (stamp: String, value: any Sendable)?

        init(identity: FolderIdentity) { self.identity = identity }
    }

    /// By path from the root.
    var folders: [String: Folder] = [:]
}

/// Which folder it is. Sysfs numbers each one anew, so that a device that went and came back has another; and a driver
/// adds attributes to the folder of the device that it is bound to.
struct FolderIdentity: Equatable, Sendable {
    var device: UInt64
    var inode: UInt64
    /// The target of the link `driver` in it; empty where there is none.
    var driver: String
}

/// What can change in a folder that stays, by the names of its attributes and links.
enum LastingAttribute {
    /// The link `driver` is part of a folder's identity, and was looked at for that.
    case identity
    case lasting
    /// Whatever is not named here is read each time.
    case changing

    static func kind(of name: String, in folder: String) -> LastingAttribute {
        if name == "driver" { return .identity }
        return ofFunctions.contains(name) || ofDrivers.contains(name) || folder == dmi ? .lasting : .changing
    }

    /// What the kernel gives a PCI function it has from the start or never; a driver adds its own while it starts.
    static func isAbsentForGood(_ name: String) -> Bool { ofFunctions.contains(name) }

    /// Firmware's tables are copied once, at boot.
    private static let dmi = "sys/class/dmi/id"

    /// Of PCI functions; `uevent` has the driver and the ids. The best of a link is what both ends were made for; the CPUs
    /// nearby are those of the NUMA node, which firmware says at boot.
    private static let ofFunctions: Set<String> = [
        "uevent", "vendor", "device", "class", "revision", "subsystem_vendor", "subsystem_device", "max_link_speed",
        "max_link_width", "iommu_group", "physfn", "sriov_totalvfs", "numa_node", "local_cpulist",
    ]

    private static let ofDrivers: Set<String> = [
        // amdgpu
        "unique_id", "serial_number", "product_name", "mem_info_vram_total", "xgmi_hive_id",
        // RDMA devices
        "node_guid", "sys_image_guid", "node_type", "board_id", "hca_type", "fw_ver",
        // habanalabs and Neuron
        "module_id", "device_type", "core_count", "arch_type", "device_name", "instance_type",
    ]
}
