import AtollModel
import AtollYAML
import Testing

@testable import AtollTopology

/// Invented trees, made after driver source for what no real capture has.
struct InventedCaptureTests {
    private static let truth = Captures.truth(in: "truth-synthetic.json")

    private func read(_ name: String) throws -> (truth: YAMLNode, topology: HostTopology)? {
        guard let truth = Self.truth.first(where: { $0.key == name })?.value else { return nil }
        let capture = try Captures.unpack("captures-synthetic/\(name).tar.gz")
        return (truth, HostTopology.read(root: "\(capture.path)/\(name)"))
    }

    @Test(arguments: truth.map(\.key))
    func `an invented tree has the devices it was given`(name: String) throws {
        let (truth, topology) = try #require(try read(name))
        #expect(topology.counts.schedulable == truth["accelerators"]?.int)
        #expect(Set(topology.accelerators.map(\.kind)) == [truth["kind"]?.string ?? ""])
        if let healthy = truth["healthy"]?.int { #expect(topology.counts.usable == healthy) }
        if let switches = truth["nvswitches"]?.int { #expect(topology.nvswitches.count == switches) }
        print("\(name): \(topology.warnings) \(topology.findings.map(\.message))")
    }

    @Test func `an HGX H100 with a narrow link, a port that is down and a divided GPU`() throws {
        guard let (truth, topology) = try read("syn-hgx-h100-8gpu-4nvs") else { return }
        #expect(topology.subjects(.linkNarrowed) == truth["degraded_links"]?.texts)
        #expect(topology.subjects(.portDown) == truth["rdma_ports_down"]?.texts)
        #expect(topology.findings.allSatisfy { $0.severity == .warning })
        for (address, count) in truth["aer_correctable"]?.pairs?.map({ ($0.key, $0.value.int) }) ?? [] {
            let health = topology.accelerators.first { $0.device.pciAddress == address }?.health
            #expect(health?.correctableLinkErrors.map { Int($0) } == count)
            #expect(health?.fatalLinkErrors == 0)
        }
        #expect(topology.dmi["chassis_asset_tag"] == truth["chassis_asset_tag"]?.string)
        let mig = try #require(truth["mig"])
        let divided = topology.accelerators.filter { !$0.instances.isEmpty }
        #expect(divided.map(\.deviceNode) == ["/dev/nvidia\(mig["gpu_minor"]?.int ?? -1)"])
        #expect(divided.first?.instances.count == mig["gpu_instances"]?.int)
        #expect(divided.first?.instances.flatMap(\.computeInstances).count == mig["compute_instances"]?.int)
    }

    @Test func `each GPU of an HGX H100 has a NIC on its switch`() throws {
        guard let (truth, topology) = try read("syn-hgx-h100-8gpu-4nvs") else { return }
        let affinity = try #require(truth["gpu_nic_affinity"]?.pairs)
        #expect(affinity.count == topology.accelerators.count)
        for (address, name) in affinity.map({ ($0.key, $0.value.string) }) {
            let function = try #require(topology.accelerators.first { $0.device.pciAddress == address }?.function)
            let nearest = topology.nearestNetworkDevices(to: function)
            #expect(nearest.map(\.name) == [name])
            let nic = try #require(nearest.first?.function)
            #expect(function.locality(to: nic).rawValue == truth["gpu_nic_class"]?.string)
        }
    }

    @Test func `memory of a GB200's GPUs is NUMA nodes without CPUs`() throws {
        guard let (truth, topology) = try read("syn-gb200-compute-tray") else { return }
        let withCPUs = topology.numaNodes.filter { !$0.cpus.isEmpty }.map { Int($0.number) }
        #expect(withCPUs == truth["cpu_numa_nodes"]?.items?.map(\.int))
        let memories = topology.accelerators.map { $0.memoryNUMANode.map { Int($0) } }
        #expect(memories == truth["gpu_memory_numa_nodes"]?.items?.map(\.int))
    }

    @Test func `a Gaudi2 in reset is a finding`() throws {
        guard let (truth, topology) = try read("syn-gaudi2-8") else { return }
        #expect(topology.subjects(.deviceUnusable) == truth["unhealthy"]?.pairs?.map(\.key))
        let status = truth["unhealthy"]?.pairs?.first?.value.string ?? "?"
        #expect(topology.findings.first?.message.contains(status) == true)
        #expect(topology.findings.first?.severity == .error)
    }
}

extension HostTopology {
    fileprivate func subjects(_ code: Finding.Code) -> [String] { findings.filter { $0.code == code }.map(\.subject) }
}

extension YAMLNode {
    fileprivate var texts: [String]? { items?.compactMap(\.string) }
}
