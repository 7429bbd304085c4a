import AtollModel
import AtollYAML
import Testing

@testable import AtollTopology

struct TreeViewTests {
    @Test func `a GPU and a NIC that share a switch are below it`() {
        let lines = HostTopology.dgx().text(labels: .none).split(separator: "\n")
        #expect(
            lines.prefix(6).joined(separator: "\n") == """
                dgx-1  NVIDIA DGXH100
                ├─ 8 x H100 SXM, 8 NICs, 224 CPUs, 2048 GiB, Linux 6.8.0-45-generic
                ├─ NUMA node 0  CPUs 0-55,112-167  1024 GiB
                │  ├─ PCI switch 0000:19:00.0
                │  │  ├─ [0]  0000:1b:00.0  H100 SXM  nvidia  x16 32 GT/s  80 GiB
                │  │  └─ mlx5_0  0000:1c:00.0  InfiniBand  active 400 Gb/s
                """
        )
        #expect(lines.contains("├─ 4 NVSwitches  0000:07:00.0, 0000:08:00.0, 0000:09:00.0, 0000:0a:00.0"))
    }

    @Test func `partitions are folded into their device`() {
        #expect(
            HostTopology.mi300xCPX().text(labels: .none) == """
                mi300x
                ├─ 2 x MI300X in 16 partitions
                ├─ NUMA node 0  CPUs 0-1
                │  ├─ [0-7]   0000:04:00.0  MI300X  amdgpu  x16 32 GT/s  192 GiB
                │  │  └─ 8 partitions [0-7], CPX, NPS4
                │  └─ [8-15]  0000:25:00.0  MI300X  amdgpu  x16 32 GT/s  192 GiB
                │     └─ 8 partitions [8-15], CPX, NPS4
                ├─ XGMI hive 1  [0-15], all linked directly, weight 41
                └─ Labels

                """
        )
    }

    @Test func `devices without a node are shown as such`() {
        #expect(
            HostTopology.tpuVM().text(labels: LabelReport(labels: ["a": "b"], outcomes: [], warnings: [])) == """
                tpu
                ├─ 2 x TPU v5e
                ├─ NUMA node 0  CPUs 0-111
                ├─ NUMA node unknown
                │  ├─ [0]  0000:00:05.0  TPU v5e  vfio-pci
                │  └─ [1]  0000:00:06.0  TPU v5e  vfio-pci
                └─ Labels
                   └─ a = b

                """
        )
    }

    @Test func `a host without accelerators says so`() {
        #expect(
            HostTopology().text(labels: .none) == """
                (no host name)
                ├─ no accelerators
                └─ Labels

                """
        )
    }

    @Test func `what is wrong is beside the device and explained below`() {
        var host = HostTopology.dgx()
        host.accelerators[0].device.link?.width = 8
        host.accelerators[0].instances = [1, 5].map { GPUInstance(number: $0, computeInstances: [0]) }
        host.networkDevices[0].ports[0].state = "1: DOWN"
        host.findings = [
            Finding(.warning, .linkNarrowed, subject: "0000:1b:00.0", message: "8 lanes of 16"),
            Finding(.notice, .portDown, subject: "mlx5_0/1", message: "no link"),
        ]
        let text = host.text(labels: .none)
        #expect(
            text.contains(
                """
                │  │  ├─ [0]  0000:1b:00.0  H100 SXM  nvidia  x8 of x16 32 GT/s  80 GiB
                │  │  │  ├─ MIG instances 1, 5
                │  │  │  └─ ! LinkNarrowed
                │  │  └─ mlx5_0  0000:1c:00.0  InfiniBand  down
                │  │     └─ ! PortDown

                """
            )
        )
        #expect(
            text.contains(
                """
                └─ Findings
                   ├─ warning  LinkNarrowed  0000:1b:00.0: 8 lanes of 16
                   └─ notice  PortDown  mlx5_0/1: no link

                """
            )
        )
    }

    @Test func `links that are not from all to all are listed by device`() {
        let text = HostTopology.neuronRing(count: 4).text(labels: .none)
        #expect(text.contains("├─ NeuronLink  [0-3], 4 direct links\n│  ├─ [0] to [1], [3]\n│  ├─ [1] to [0], [2]\n"))
    }

    @Test func `a function without driver is not named twice`() {
        var host = HostTopology.dgx()
        host.networkDevices[0].name = "0000:1c:00.0"
        let line = host.text(labels: .none).split(separator: "\n").first { $0.contains("0000:1c:00.0") } ?? ""
        #expect(line == "│  │  └─ 0000:1c:00.0                InfiniBand  active 400 Gb/s")
    }

    @Test func `memory of GPUs is no list of NUMA nodes`() {
        var host = HostTopology.tpuVM()
        host.numaNodes += (2...33).map { NUMANode(number: $0, cpus: [], cpuList: "") }
        #expect(host.text(labels: .none).contains("├─ NUMA nodes 2-33  memory only\n"))
    }

    @Test(arguments: [HostTopology.dgx(), .mi300xCPX(), .neuronRing(count: 64), .tpuVM()])
    func `a tree has at most 80 columns`(host: HostTopology) {
        var host = host
        host.warnings = [String(repeating: "word ", count: 60), String(repeating: "x", count: 300)]
        host.findings = host.devices.map { device in
            Finding(.error, .memoryErrors, subject: device.pciAddress, message: String(repeating: "bad ", count: 40))
        }
        let lines = host.text(labels: .none).split(separator: "\n")
        #expect(lines.allSatisfy { $0.count <= 80 })
    }

    @Test func `bridges of a chain are left out, and roots where there is one`() {
        let root = PCIPath(root: "pci0000:00", bridges: [])
        var host = HostTopology.dgx()
        host.accelerators[1].function?.path = root
        host.networkDevices[1].function?.path = root
        let parts = HostLayout(host).places[0].parts
        guard case .bridge(let address, let below) = parts[0] else { Issue.record("\(parts[0])"); return }
        #expect(address.description == "0000:19:00.0")
        #expect(below.count == 2)
        guard case .root("pci0000:00", let flat) = parts[1] else { Issue.record("\(parts[1])"); return }
        #expect(flat.count == 2)
    }
}
