import AtollModel
import Testing

@testable import AtollTopology

struct MatrixTests {
    @Test func `eight GPUs and eight NICs`() {
        var host = HostTopology.dgx()
        host.accelerators = [0, 1, 4].map { host.accelerators[$0] }
        host.networkDevices = [host.networkDevices[0]]
        #expect(
            host.matrixText() == """
                      GPU0  GPU1  GPU2  NIC0  CPU Affinity    NUMA Affinity
                GPU0   X    NODE  SYS   PIX   0-55,112-167    0
                GPU1  NODE   X    SYS   NODE  0-55,112-167    0
                GPU2  SYS   SYS    X    SYS   56-111,168-223  1
                NIC0  PIX   NODE  SYS    X    0-55,112-167    0

                Legend:

                  X    = the device itself
                  PIX  = below one PCI switch
                  NODE = on other PCI root buses of one NUMA node
                  SYS  = on other NUMA nodes

                  NVLink is not shown: NVSwitches join the GPUs, and neither sysfs nor procfs says how.

                  GPU0: [0] 0000:1b:00.0 H100 SXM
                  GPU1: [1] 0000:43:00.0 H100 SXM
                  GPU2: [4] 0000:9d:00.0 H100 SXM
                  NIC0: mlx5_0

                """
        )
    }

    @Test func `every pair is there once each way, and the same`() {
        let matrix = TopologyMatrix(.dgx())
        #expect(matrix.entries.count == 16)
        for row in 0..<16 {
            for column in 0..<16 { #expect(matrix.cell(row, column) == matrix.cell(column, row)) }
        }
        #expect(matrix.cell(3, 11) == .locality(.pix))
    }

    @Test func `partitions are folded, and Infinity Fabric is told`() {
        #expect(
            HostTopology.mi300xCPX().matrixText() == """
                      GPU0  GPU1  CPU Affinity  NUMA Affinity
                GPU0   X    XGMI  0-1           0
                GPU1  XGMI   X    0-1           0

                Legend:

                  XGMI = a link of AMD Infinity Fabric
                  X    = the device itself

                  GPU0: [0-7] 0000:04:00.0 MI300X
                  GPU1: [8-15] 0000:25:00.0 MI300X

                """
        )
    }

    @Test(arguments: [(0, 1), (13, 1), (15, 1), (30, 2), (41, 1), (56, 2)] as [(UInt32, UInt32)])
    func `the weight of a link gives its hops`(weight: UInt32, hops: UInt32) {
        var host = HostTopology.mi300xCPX()
        host.links[0].weight = weight
        #expect(TopologyMatrix(host).cell(0, 1) == .xgmi(hops: hops))
    }

    @Test func `what is not known is the furthest that it can be, and the legend says so`() {
        var host = HostTopology.tpuVM()
        #expect(host.matrixText().contains("TPU0   X    PHB   N/A           N/A\n"))
        host.accelerators[1].function?.path?.root = "pci0001:00"
        let one = host.matrixText()
        #expect(one.contains("TPU0   X    NODE"))
        #expect(one.contains("NODE = not known: the kernel does not say where both are (there is one NUMA node"))
        host.numaNodes.append(NUMANode(number: 1, cpus: [112], cpuList: "112"))
        let two = host.matrixText()
        #expect(two.contains("TPU0   X    SYS"))
        #expect(two.contains("SYS = not known: the kernel does not say where both are\n"))
    }

    @Test func `NVLink is never made up`() {
        #expect(!HostTopology.dgx().matrixText().contains("NV1"))
        #expect(TopologyMatrix(.dgx()).cell(0, 1) == .locality(.node))
    }

    @Test func `Neuron devices have links and no functions`() {
        let text = HostTopology.neuronRing(count: 4).matrixText()
        #expect(text.contains("ND0   X     NLINK  NODE   NLINK  N/A"))
        #expect(text.contains("NLINK = a NeuronLink between the two"))
    }

    @Test func `plain Ethernet is shown only where nothing better is`() {
        var host = HostTopology.dgx()
        host.networkDevices[0].kind = .ethernet
        #expect(TopologyMatrix(host).entries.filter { $0.name.hasPrefix("NIC") }.first?.meaning == "mlx5_1")
        host.networkDevices = [host.networkDevices[0]]
        #expect(TopologyMatrix(host).entries.last?.meaning == "mlx5_0")
        host.networkDevices[0].isSwitchManagement = true
        #expect(TopologyMatrix(host).entries.last?.name == "GPU7")
    }

    @Test func `a host with nothing says so`() {
        #expect(HostTopology().matrixText() == "no accelerators and no NICs\n")
    }
}
