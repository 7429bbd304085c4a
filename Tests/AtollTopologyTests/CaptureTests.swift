import AtollModel
import AtollYAML
import Glibc
import Testing

@testable import AtollTopology

/// Trees of real machines, compared with what is known about them. They live beside the repository; where they do not,
/// the test says so and passes.
struct CaptureTests {
    static let folder = "../shared/topology"

    private static let truth = captures(in: "truth.json")
    static let invented = captures(in: "truth-synthetic.json")

    private static func captures(in file: String) -> [YAMLPair] {
        guard let bytes = SystemCalls.readFile("\(folder)/\(file)", bytesMax: 1 << 24, followsLinks: true).value,
            // A file that is no JSON is as good as none: it is not ours.
            let node = (try? YAMLNode.parse(bytes: bytes))?.first
        else {
            print("captures skipped: there is no \(folder)/\(file)")
            return []
        }
        return node["captures"]?.pairs ?? []
    }

    @Test(arguments: truth.map(\.key))
    func `a capture is read as it really was`(name: String) throws {
        let truth = try #require(Self.truth.first { $0.key == name }?.value)
        let unpacked = try TemporaryFolder()
        try Self.unpack("\(Self.folder)/captures/\(name).tar.gz", into: unpacked.path)
        let topology = HostTopology.read(root: "\(unpacked.path)/\(name)")
        let document = topology.document(labels: LabelReport())
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
            ] {
                // KFD-only captures know ids that no PCI function shows.
                guard let value = device[theirs], mine["class"] != nil || ours.hasPrefix("k") else { continue }
                #expect(mine[ours]?.unmarked == value.unmarked, "\(ours) of \(device["pci"]?.string ?? "")")
            }
        }
        #expect(document["numa"]?["all"]?.unmarked == truth["numa"]?["all"]?.unmarked)
        #expect(document["numa"]?["withCpus"]?.unmarked == truth["numa"]?["with_cpus"]?.unmarked)
        if let switches = truth["nvswitch"] {
            #expect(document["nvswitch"]?["pci"]?.unmarked == switches["pci"]?.unmarked)
        }
        print("\(name): \(topology.warnings)")
    }

    @Test(arguments: invented.map(\.key))
    func `an invented tree has the devices it was given`(name: String) throws {
        let truth = try #require(Self.invented.first { $0.key == name }?.value)
        let unpacked = try TemporaryFolder()
        try Self.unpack("\(Self.folder)/captures-synthetic/\(name).tar.gz", into: unpacked.path)
        let topology = HostTopology.read(root: "\(unpacked.path)/\(name)")
        #expect(topology.counts.schedulable == truth["accelerators"]?.int)
        #expect(Set(topology.accelerators.map(\.kind)) == [truth["kind"]?.string ?? ""])
        if let healthy = truth["healthy"]?.int { #expect(topology.counts.usable == healthy) }
        print("\(name): \(topology.warnings)")
    }

    static func unpack(_ archive: String, into folder: String) throws {
        var process = pid_t()
        let words = ["tar", "xzf", archive, "-C", folder]
        var arguments = words.map { strdup($0) } + [nil]
        defer { arguments.forEach { free($0) } }
        try #require(posix_spawnp(&process, "tar", nil, nil, &arguments, environ) == 0)
        var status: Int32 = 0
        try #require(waitpid(process, &status, 0) == process && status == 0)
    }
}
