import AtollModel
import AtollYAML
import Testing

@testable import AtollTopology

/// Trees of real machines, compared with what is known about them. They live beside the repository; where they do not,
/// the test says so and passes.
struct CaptureTests {
    private static let truth = Captures.truth(in: "truth.json")

    private func read(_ name: String) throws -> (truth: YAMLNode, topology: HostTopology, document: YAMLNode) {
        let truth = try #require(Self.truth.first { $0.key == name }?.value)
        let capture = try Captures.unpack("captures/\(name).tar.gz")
        let topology = HostTopology.read(root: "\(capture.path)/\(name)")
        let document = topology.document(labels: LabelReport())
        return (truth, topology, document)
    }

    @Test(arguments: truth.map(\.key))
    func `a capture is read as it really was`(name: String) throws {
        let (truth, topology, document) = try read(name)
        let found = try #require(document["accelerators"])
        let expected = try #require(truth["accelerators"])
        #expect(found["physicalCount"]?.int == expected["physical_count"]?.int)
        #expect(found["schedulableCount"]?.int == expected["schedulable_count"]?.int)
        let devices = Dictionary(
            uniqueKeysWithValues: (found["devices"]?.items ?? []).map { ($0["pci"]?.string ?? "", $0) }
        )
        for device in expected["devices"]?.items ?? [] {
            let mine = try #require(devices[device["pci"]?.string ?? ""])
            for (theirs, ours) in [
                ("vendor", "vendor"), ("device", "device"), ("class", "class"), ("numa_node", "numaNode"),
                ("kind", "kind"), ("driver", "driver"), ("kfd_nodes", "kfdNodes"), ("partitions", "partitions"),
                ("current_link_speed", "currentLinkSpeed"), ("current_link_width", "currentLinkWidth"),
                ("max_link_speed", "maxLinkSpeed"), ("max_link_width", "maxLinkWidth"),
            ] {
                // KFD-only captures know ids that no PCI function shows.
                guard let value = device[theirs], mine["class"] != nil || ours.hasPrefix("k") else { continue }
                #expect(mine[ours]?.unmarked == value.unmarked, "\(ours) of \(device["pci"]?.string ?? "")")
            }
        }
        print("\(name): \(topology.warnings) \(topology.findings.map(\.message))")
    }

    /// The sections that the document has in the truth's own shape.
    private static let sections = [
        "numa", "dmi", "rdma", "nics", "locality", "locality_histogram", "nearest_nic", "aer", "links", "nvswitch",
    ]

    @Test(arguments: truth.map(\.key))
    func `the document has all that is known of a capture, and no more devices`(name: String) throws {
        let (truth, topology, document) = try read(name)
        for section in Self.sections {
            guard let expected = truth[section] else { continue }
            #expect(Captures.differences(expected, document[section.camelCase], at: section) == [])
        }
        #expect(topology.networkDevices.count(where: \.isRDMA) == truth["rdma"]?.items?.count)
        #expect(topology.nvswitches.count == truth["nvswitch"]?["count_by_pci_id"]?.int ?? 0)
        #expect(!topology.findings.contains { $0.code == .linkNarrowed || $0.code == .linkErrors })
    }
}
