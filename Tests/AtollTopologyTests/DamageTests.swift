import AtollModel
import AtollYAML
import Glibc
import Testing

@testable import AtollTopology

/// Random damage to a whole host: nothing traps, nothing is invented, and what is undamaged is still reported.
struct DamageTests {
    @Test(arguments: HostGenerator.Kind.allCases, 1...5 as ClosedRange<UInt64>)
    func `damage hides only what it hits`(kind: HostGenerator.Kind, seed: UInt64) throws {
        let folder = try TemporaryFolder()
        try HostGenerator(kind: kind, name: "n").write(into: folder.path)
        let before = folder.topology
        let rules = try AgentConfiguration.read(root: folder.path).labels
        var random = Splitter(state: seed)
        // Damaged files must not be those that undamaged devices depend on, so damage goes to some devices only.
        let hit = Set(before.devices.map(\.pciAddress).filter { _ in random.next() % 2 == 0 })
        for address in hit { try damage("sys/bus/pci/devices/\(address)", in: folder, &random) }
        for name in ["proc/meminfo", "proc/sys/kernel/hostname", "sys/class/dmi/id/product_name"] {
            try spoil(name, in: folder, &random)
        }
        let after = folder.topology
        for device in before.devices where !hit.contains(device.pciAddress) {
            var found = after.devices.first { $0.pciAddress == device.pciAddress }
            found?.index = device.index
            #expect(found == device, "kind \(kind.rawValue), seed \(seed)")
        }
        #expect(Set(after.devices.map(\.pciAddress)).isSubset(of: before.devices.map(\.pciAddress)))
        #expect(after.warnings.count <= Warnings.countMax)
        let report = LabelReport.evaluate(rules, root: folder.path, topology: after, host: HostID("n"), now: nil)
        #expect(report.labels["kubernetes.io/hostname"] == "n")
        #expect(!after.text(labels: report).isEmpty)
        #expect(!after.document(labels: report).yamlText.isEmpty)
    }

    /// Spoils some of a device's attributes.
    private func damage(_ device: String, in folder: TemporaryFolder, _ random: inout Splitter) throws {
        for name in ["vendor", "device", "class", "numa_node", "driver", "status", "unique_id", "iommu_group"]
        where random.next() % 3 == 0 {
            try spoil("\(device)/\(name)", in: folder, &random)
        }
    }

    private func spoil(_ path: String, in folder: TemporaryFolder, _ random: inout Splitter) throws {
        let place = "\(folder.path)/\(path)"
        unlink(place)
        switch random.next() % 6 {
        case 0: break
        case 1: try folder.replace(path, with: (0..<300).map { _ in UInt8(truncatingIfNeeded: random.next()) })
        case 2: try folder.replace(path, with: Array(repeating: 0x39, count: 100_000))
        case 3: symlink(place.split(separator: "/").last.map(String.init) ?? "", place)
        case 4: mkdir(place, 0o755)
        default: mkfifo(place, 0o644)
        }
    }
}

/// SplitMix64.
private struct Splitter {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = (state ^ (state >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}
