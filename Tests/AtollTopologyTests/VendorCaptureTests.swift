import AtollModel
import AtollYAML
import Testing

@testable import AtollTopology

/// Trees in the shape of other vendors' hosts, against what was put into them.
struct VendorCaptureTests {
    private static let truth = Captures.truth(in: "truth-synthetic.json")

    /// Nil, and the test passes, where there are no captures.
    private func read(_ name: String, resetting: Bool = true) throws -> (host: HostTopology, truth: YAMLNode)? {
        guard let truth = Self.truth.first(where: { $0.key == name })?.value else { return nil }
        let capture = try Captures.unpack("captures-synthetic/\(name).tar.gz")
        let options = HostReadOptions(readsCountersThatReset: resetting)
        return (HostTopology.read(root: "\(capture.path)/\(name)", options: options), truth)
    }

    @Test func `MI300X without KFD have hives, modes and memory errors`() throws {
        guard let (host, truth) = try read("syn-mi300x-spx-amdgpu-attrs") else { return }
        #expect(host.kfd == nil)
        #expect(Set(host.accelerators.map(\.computePartition)) == [truth["partition_mode"]?.string ?? ""])
        #expect(Set(host.accelerators.map(\.memoryPartition)) == [truth["memory_mode"]?.string ?? ""])
        #expect(host.hives.map { String($0.id) } == [truth["hive"]?.string ?? ""])
        #expect(host.hives.first?.devices.count == 8)
        #expect(host.devices.allSatisfy { $0.memoryBytes == 206_141_652_992 })
        for entry in host.accelerators {
            let errors = truth["ras"]?[entry.device.pciAddress]
            #expect(entry.health.uncorrectableMemoryErrors == UInt64(errors?["umc"]?["ue"]?.int ?? 0))
            #expect(entry.health.correctableMemoryErrors == UInt64(errors?["umc"]?["ce"]?.int ?? 0))
            #expect(entry.health.badPages ?? 0 == UInt64(errors?["bad_pages"]?.int ?? 0))
        }
        let found = host.findings.filter { $0.code == .memoryErrors }
        #expect(found.map(\.severity) == [.error, .warning])
        #expect(found.map(\.subject) == ["0000:c6:00.0", "0000:c6:00.0"])
    }

    @Test func `counters that a reading resets are left alone`() throws {
        guard let (host, _) = try read("syn-mi300x-spx-amdgpu-attrs", resetting: false) else { return }
        #expect(host.accelerators.allSatisfy { $0.health.uncorrectableMemoryErrors == nil })
        #expect(host.accelerators.contains { $0.health.badPages == 1 })
    }

    @Test func `Neuron devices have cores, serial numbers and links`() throws {
        guard let (host, truth) = try read("syn-trn2-ultraserver-16") else { return }
        #expect(
            host.accelerators.map(\.coreCount)
                == Array(repeating: UInt32(truth["cores_per_device"]?.int ?? 0), count: 16)
        )
        #expect(host.accelerators.map(\.deviceNode) == (0..<16).map { "/dev/neuron\($0)" })
        #expect(host.accelerators.map(\.serialNumber).first == "0000000000abc000")
        #expect(host.accelerators.allSatisfy { $0.health.uncorrectableMemoryErrors == 0 && $0.device.usable })
        for entry in host.accelerators {
            let links = host.links.filter { $0.from == entry.linkName || $0.to == entry.linkName }
            #expect(links.count == truth["links_per_device"]?.int)
            #expect(links.allSatisfy { $0.kind == .neuron })
        }
    }

    @Test func `Gaudi have modules, and one in reset is told`() throws {
        guard let (host, truth) = try read("syn-gaudi2-8") else { return }
        let modules = host.accelerators.map { ($0.deviceNode, $0.moduleID) }
        #expect(modules.count == 8)
        for (node, module) in modules {
            let name = node.split(separator: "/").last.map(String.init) ?? ""
            #expect(node == "/dev/accel/\(name)")
            #expect(module == truth["module_ids"]?[name]?.int.map { UInt32($0) })
        }
        let sick = host.accelerators.filter { $0.health.status != "Operational" }
        #expect(sick.map(\.device.pciAddress) == truth["unhealthy"]?.pairs?.map(\.key))
        #expect(sick.map(\.complaint) == ["is not operational: In reset"])
        #expect(Set(host.accelerators.map(\.productName)) == ["GAUDI2"])
    }

    @Test func `TPUs are opened by their IOMMU groups`() throws {
        guard let (host, truth) = try read("syn-tpu-v5e-4chip-vm") else { return }
        #expect(host.accelerators.map(\.deviceNode) == truth["dev_nodes"]?.items?.compactMap(\.string))
        for address in truth["not_accelerators"]?.items ?? [] {
            #expect(!host.devices.contains { $0.pciAddress == address.string })
        }
    }
}
