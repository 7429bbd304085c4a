// Mirrors HostFacts and Device in proto/atoll/v1/host.proto.
import AtollModel
import CAtollWire

extension HostFacts: WireValue {
    static func clear(_ c: UnsafeMutablePointer<Atoll__V1__HostFacts>) { atoll__v1__host_facts__init(c) }

    func write(to c: inout Atoll__V1__HostFacts, in arena: borrowing WireArena) {
        c.host = arena.text(host.name)
        c.address = arena.text(address)
        c.boot_id = arena.text(bootID)
        c.kernel = arena.text(kernel)
        c.agent_version = arena.text(agentVersion)
        c.cpu_count = cpuCount
        c.memory_bytes = memoryBytes
        c.model = arena.text(model)
        c.numa_node_count = numaNodeCount
        (c.n_labels, c.labels) = arena.labels(labels)
        (c.n_devices, c.devices) = arena.messages(devices)
        (c.n_warnings, c.warnings) = arena.texts(warnings)
        c.pod_lease_ns = podLease?.nanoseconds ?? 0
        (c.n_findings, c.findings) = arena.messages(findings)
    }

    init(wire c: Atoll__V1__HostFacts) throws(WireError) {
        let read = FieldReader("HostFacts")
        self.init(
            host: HostID(try read.text(c.host, "host")),
            address: try read.text(c.address, "address"),
            bootID: try read.text(c.boot_id, "boot_id"),
            kernel: try read.text(c.kernel, "kernel"),
            agentVersion: try read.text(c.agent_version, "agent_version"),
            cpuCount: c.cpu_count,
            memoryBytes: c.memory_bytes,
            model: try read.text(c.model, "model"),
            numaNodeCount: c.numa_node_count,
            labels: try read.labels(c.labels, c.n_labels),
            devices: try read.messages(c.devices, c.n_devices),
            warnings: try read.texts(c.warnings, c.n_warnings, "warnings"),
            findings: try read.messages(c.findings, c.n_findings),
            podLease: try read.podLease(c.pod_lease_ns)
        )
    }
}

extension Device: WireValue {
    static func clear(_ c: UnsafeMutablePointer<Atoll__V1__Device>) { atoll__v1__device__init(c) }

    func write(to c: inout Atoll__V1__Device, in arena: borrowing WireArena) {
        c.index = index
        c.vendor = vendor.wire
        c.model = arena.text(model)
        c.pci_address = arena.text(pciAddress)
        if let numaNode {
            c.numa_node_presence_case = ATOLL__V1__DEVICE__NUMA_NODE_PRESENCE_NUMA_NODE
            c.numa_node = numaNode
        }
        c.driver = arena.text(driver)
        c.unique_id = arena.text(uniqueID)
        c.usable = usable ? 1 : 0
        c.memory_bytes = memoryBytes
        c.link = arena.optional(link)
    }

    init(wire c: Atoll__V1__Device) throws(WireError) {
        let read = FieldReader("Device")
        let hasNUMANode = c.numa_node_presence_case == ATOLL__V1__DEVICE__NUMA_NODE_PRESENCE_NUMA_NODE
        self.init(
            index: c.index,
            vendor: try read.choice(c.vendor, "vendor"),
            model: try read.text(c.model, "model"),
            pciAddress: try read.text(c.pci_address, "pci_address"),
            numaNode: hasNUMANode ? c.numa_node : nil,
            driver: try read.text(c.driver, "driver"),
            uniqueID: try read.text(c.unique_id, "unique_id"),
            usable: c.usable != 0,
            memoryBytes: c.memory_bytes,
            link: try read.optional(c.link)
        )
    }
}

extension AcceleratorVendor: WireEnum {
    var wire: Atoll__V1__Device__Vendor {
        switch self {
        case .nvidia: ATOLL__V1__DEVICE__VENDOR__NVIDIA
        case .amd: ATOLL__V1__DEVICE__VENDOR__AMD
        case .google: ATOLL__V1__DEVICE__VENDOR__GOOGLE
        case .habana: ATOLL__V1__DEVICE__VENDOR__HABANA
        case .intel: ATOLL__V1__DEVICE__VENDOR__INTEL
        case .aws: ATOLL__V1__DEVICE__VENDOR__AWS
        case .other: ATOLL__V1__DEVICE__VENDOR__OTHER
        }
    }
}
