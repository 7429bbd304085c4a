/// What an agent says about its host: the whole of a topology report.
public struct HostFacts: Equatable, Sendable, Codable {
    public var host: HostID
    /// Where pods on this host are reached by their peers: an IP address as text.
    public var address: String
    /// `/proc/sys/kernel/random/boot_id`; a new one means that every process of before is gone.
    public var bootID: String
    public var kernel: String
    public var agentVersion: String
    public var cpuCount: UInt32
    public var memoryBytes: UInt64
    /// DMI `sys_vendor` and `product_name`, joined by a space; empty where the host has no DMI.
    public var model: String
    public var numaNodeCount: UInt32
    /// Labels found by the island rules, and `kubernetes.io/hostname`.
    public var labels: Labels
    /// In the order of their indexes.
    public var devices: [Device]
    /// What could not be read, one sentence each.
    public var warnings: [String]
    /// What its agent found wrong, the most severe first.
    public var findings: [Finding]
    /// How long after a coordinator's last answer the host's pods end by themselves, within `podLeases`; nil when they
    /// run on.
    public var podLease: Duration?

    /// What `podLease` may be: supervisors look for a renewal every 5 s, and so see one in time.
    public static let podLeases = Duration.seconds(10)...Duration.seconds(86_400)

    /// What people write for a pod lease.
    public static let podLeaseForm = "time between 10s and 24h, such as 90s, 5m or 1h"

    /// Parses that; nil for anything else.
    public static func podLease(_ text: String) -> Duration? {
        let scales: [Character: Int64] = ["s": 1, "m": 60, "h": 3_600]
        guard let unit = text.last, let scale = scales[unit], let number = UInt32(text.dropLast()) else { return nil }
        let lease = Duration.seconds(Int64(number) * scale)
        return podLeases.contains(lease) ? lease : nil
    }

    public init(
        host: HostID,
        address: String,
        bootID: String = "",
        kernel: String = "",
        agentVersion: String = "",
        cpuCount: UInt32 = 0,
        memoryBytes: UInt64 = 0,
        model: String = "",
        numaNodeCount: UInt32 = 0,
        labels: Labels = [:],
        devices: [Device] = [],
        warnings: [String] = [],
        findings: [Finding] = [],
        podLease: Duration? = nil
    ) {
        self.host = host
        self.address = address
        self.bootID = bootID
        self.kernel = kernel
        self.agentVersion = agentVersion
        self.cpuCount = cpuCount
        self.memoryBytes = memoryBytes
        self.model = model
        self.numaNodeCount = numaNodeCount
        self.labels = labels
        self.devices = devices
        self.warnings = warnings
        self.findings = findings
        self.podLease = podLease
    }

    /// Reads what this release and those before it have stored: findings came later.
    public init(from decoder: any Decoder) throws {
        let stored = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            host: try stored.decode(HostID.self, forKey: .host),
            address: try stored.decode(String.self, forKey: .address),
            bootID: try stored.decode(String.self, forKey: .bootID),
            kernel: try stored.decode(String.self, forKey: .kernel),
            agentVersion: try stored.decode(String.self, forKey: .agentVersion),
            cpuCount: try stored.decode(UInt32.self, forKey: .cpuCount),
            memoryBytes: try stored.decode(UInt64.self, forKey: .memoryBytes),
            model: try stored.decode(String.self, forKey: .model),
            numaNodeCount: try stored.decode(UInt32.self, forKey: .numaNodeCount),
            labels: try stored.decode(Labels.self, forKey: .labels),
            devices: try stored.decode([Device].self, forKey: .devices),
            warnings: try stored.decode([String].self, forKey: .warnings),
            findings: try stored.decodeIfPresent([Finding].self, forKey: .findings) ?? [],
            podLease: try stored.decodeIfPresent(Duration.self, forKey: .podLease)
        )
    }
}

/// One accelerator that a pod can be given.
public struct Device: Equatable, Sendable, Codable {
    /// Position among the host's devices, from 0; what the visibility variables count.
    public var index: UInt32
    public var vendor: AcceleratorVendor
    /// Marketing name where known (`H100 SXM`), else `<vendor id>:<device id>`.
    public var model: String
    /// PCI address in sysfs form, `0000:1b:00.0`; empty for a device without PCI function.
    public var pciAddress: String
    /// Nil when the kernel does not know (`-1`).
    public var numaNode: UInt32?
    /// The driver bound to the function; empty when none is.
    public var driver: String
    /// Serial number, unique id or UUID, whichever the vendor publishes; empty if none.
    public var uniqueID: String
    /// False for a device that is present but must not be used: no driver, excluded, failed.
    public var usable: Bool
    /// Bytes of its own memory; 0 where nothing readable says.
    public var memoryBytes: UInt64
    /// Nil for a device without a PCI Express link.
    public var link: PCILink?

    public init(
        index: UInt32,
        vendor: AcceleratorVendor,
        model: String = "",
        pciAddress: String = "",
        numaNode: UInt32? = nil,
        driver: String = "",
        uniqueID: String = "",
        usable: Bool = true,
        memoryBytes: UInt64 = 0,
        link: PCILink? = nil
    ) {
        self.index = index
        self.vendor = vendor
        self.model = model
        self.pciAddress = pciAddress
        self.numaNode = numaNode
        self.driver = driver
        self.uniqueID = uniqueID
        self.usable = usable
        self.memoryBytes = memoryBytes
        self.link = link
    }

    /// Reads what this release and those before it have stored: memory and link came later.
    public init(from decoder: any Decoder) throws {
        let stored = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            index: try stored.decode(UInt32.self, forKey: .index),
            vendor: try stored.decode(AcceleratorVendor.self, forKey: .vendor),
            model: try stored.decode(String.self, forKey: .model),
            pciAddress: try stored.decode(String.self, forKey: .pciAddress),
            numaNode: try stored.decodeIfPresent(UInt32.self, forKey: .numaNode),
            driver: try stored.decode(String.self, forKey: .driver),
            uniqueID: try stored.decode(String.self, forKey: .uniqueID),
            usable: try stored.decode(Bool.self, forKey: .usable),
            memoryBytes: try stored.decodeIfPresent(UInt64.self, forKey: .memoryBytes) ?? 0,
            link: try stored.decodeIfPresent(PCILink.self, forKey: .link)
        )
    }
}

/// Who made an accelerator, which decides its resource name and how a pod is told which ones are its own.
public enum AcceleratorVendor: String, CaseIterable, Hashable, Sendable, Codable {
    case nvidia, amd, google, habana, intel, aws, other

    /// The extended resource that manifests ask for in `resources.limits`.
    public var resourceName: String {
        switch self {
        case .nvidia: "nvidia.com/gpu"
        case .amd: "amd.com/gpu"
        case .google: "google.com/tpu"
        case .habana: "habana.ai/gaudi"
        case .intel: "gpu.intel.com/xe"
        case .aws: "aws.amazon.com/neurondevice"
        case .other: "atoll.dev/accelerator"
        }
    }

    public init?(resourceName: String) {
        guard let vendor = Self.allCases.first(where: { $0.resourceName == resourceName }) else { return nil }
        self = vendor
    }

    /// The environment variable by which the vendor's runtime restricts a process to some devices; nil if none.
    public var visibilityVariable: String? {
        switch self {
        case .nvidia: "CUDA_VISIBLE_DEVICES"
        case .amd: "ROCR_VISIBLE_DEVICES"
        case .google: "TPU_VISIBLE_CHIPS"
        case .habana: "HABANA_VISIBLE_DEVICES"
        case .intel: "ZE_AFFINITY_MASK"
        case .aws: "NEURON_RT_VISIBLE_DEVICES"
        case .other: nil
        }
    }
}
