import AtollModel

@testable import AtollTopology

/// Hosts made by hand, so that what views show does not depend on what is read.
extension HostTopology {
    /// Eight GPUs and eight InfiniBand cards in pairs below one switch each, two sockets, four NVSwitches.
    static func dgx() -> HostTopology {
        var host = HostTopology()
        host.hostname = "dgx-1"
        host.dmi = ["sys_vendor": "NVIDIA", "product_name": "DGXH100"]
        host.kernel = "6.8.0-45-generic"
        host.cpuCount = 224
        host.memoryBytes = 2048 << 30
        host.numaNodes = [
            NUMANode(number: 0, cpus: Array(0..<112), cpuList: "0-55,112-167", memoryBytes: 1024 << 30),
            NUMANode(number: 1, cpus: Array(112..<224), cpuList: "56-111,168-223", memoryBytes: 1024 << 30),
        ]
        for (index, bus) in ([0x18, 0x40, 0x4f, 0x5e, 0x9a, 0xc0, 0xce, 0xdc] as [UInt8]).enumerated() {
            let above = [PCIAddress(bus: bus, device: 1), PCIAddress(bus: bus + 1, device: 0)]
            let path = { (last: PCIAddress) in
                PCIPath(root: "pci0000:\(bus.hexadecimal(digits: 2))", bridges: above + [last])
            }
            let node = UInt32(index / 4)
            host.add("H100 SXM", .nvidia, bus + 3, node, path(PCIAddress(bus: bus + 2, device: 0)), memory: 80 << 30)
            host.add("mlx5_\(index)", bus + 4, node, path(PCIAddress(bus: bus + 2, device: 4)))
        }
        host.nvswitches = ["0000:07:00.0", "0000:08:00.0", "0000:09:00.0", "0000:0a:00.0"]
        return host
    }

    /// Two MI300X of eight partitions each, in one hive, each behind the bridges of its package.
    static func mi300xCPX() -> HostTopology {
        var host = HostTopology()
        host.hostname = "mi300x"
        host.numaNodes = [NUMANode(number: 0, cpus: [0, 1], cpuList: "0-1")]
        for bus in [0x02, 0x23] as [UInt8] {
            let bridges = [PCIAddress(bus: bus, device: 1), PCIAddress(bus: bus + 1, device: 0)]
            let path = PCIPath(root: "pci0000:\(bus.hexadecimal(digits: 2))", bridges: bridges)
            for _ in 0..<8 {
                host.add("MI300X", .amd, bus + 2, 0, path, memory: 24 << 30)
                let last = host.accelerators.count - 1
                host.accelerators[last].computePartition = "CPX"
                host.accelerators[last].memoryPartition = "NPS4"
            }
        }
        let ends = ["0000:04:00.0", "0000:25:00.0"]
        host.links = [DeviceLink(.xgmi, from: ends[0], to: ends[1], weight: 41)]
        host.hives = [Hive(id: 42, devices: ends)]
        return host
    }

    /// A virtual machine whose devices are all on one bus, of which the kernel knows no node.
    static func tpuVM() -> HostTopology {
        var host = HostTopology()
        host.hostname = "tpu"
        host.numaNodes = [NUMANode(number: 0, cpus: Array(0..<112), cpuList: "0-111")]
        for device in 5...6 as ClosedRange<UInt8> {
            host.add("TPU v5e", .google, 0, nil, PCIPath(root: "pci0000:00", bridges: []), slot: device)
        }
        return host
    }

    /// Neuron devices in a ring, which have no PCI function in sysfs.
    static func neuronRing(count: Int) -> HostTopology {
        var host = HostTopology()
        host.hostname = "trn"
        host.numaNodes = [NUMANode(number: 0, cpus: [0], cpuList: "0")]
        for index in 0..<count {
            let device = Device(index: UInt32(index), vendor: .aws, model: "Trainium2", driver: "neuron")
            var entry = Accelerator(device: device, isKnown: true, isEnumerated: true)
            entry.deviceNode = "/dev/neuron\(index)"
            host.accelerators.append(entry)
            let ends = [index, (index + 1) % count].sorted()
            host.links.append(DeviceLink(.neuron, from: "neuron\(ends[0])", to: "neuron\(ends[1])"))
        }
        return host
    }

    private mutating func add(
        _ model: String,
        _ vendor: AcceleratorVendor,
        _ bus: UInt8,
        _ node: UInt32?,
        _ path: PCIPath,
        slot: UInt8 = 0,
        memory: UInt64 = 0
    ) {
        let address = PCIAddress(bus: bus, device: slot)
        let drivers: [AcceleratorVendor: String] = [.nvidia: "nvidia", .amd: "amdgpu", .google: "vfio-pci"]
        let device = Device(
            index: UInt32(accelerators.count),
            vendor: vendor,
            model: model,
            pciAddress: address.description,
            numaNode: node,
            driver: drivers[vendor] ?? "",
            memoryBytes: memory,
            link: memory == 0 ? nil : PCILink(speed: 2_500, width: 16, speedMax: 32_000, widthMax: 16)
        )
        let function = PCIFunction(address, node, path)
        accelerators.append(Accelerator(device: device, function: function, isKnown: true, isEnumerated: true))
    }

    private mutating func add(_ name: String, _ bus: UInt8, _ node: UInt32?, _ path: PCIPath) {
        var device = NetworkDevice(
            name: name,
            kind: .infiniband,
            function: PCIFunction(PCIAddress(bus: bus, device: 0), node, path)
        )
        var port = NetworkPort(number: 1)
        port.state = "4: ACTIVE"
        port.rate = "400 Gb/sec (4X NDR)"
        device.ports = [port]
        networkDevices.append(device)
    }
}

extension PCIFunction {
    fileprivate init(_ address: PCIAddress, _ node: UInt32?, _ path: PCIPath) {
        self.init(address: address, vendor: 0, device: 0, classCode: 0, numaNode: node, driver: "")
        self.path = path
    }
}

extension LabelReport {
    static let none = LabelReport(labels: [:], outcomes: [], warnings: [])
}
