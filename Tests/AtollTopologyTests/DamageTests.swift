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
        let hit = Set(before.addresses.filter { _ in random.next() % 2 == 0 })
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
        for device in before.networkDevices where !hit.contains(device.function?.address.description ?? "") {
            #expect(after.networkDevices.contains(device), "kind \(kind.rawValue), seed \(seed)")
        }
        #expect(Set(after.addresses).isSubset(of: before.addresses))
        #expect(after.warnings.count <= Warnings.countMax)
        #expect(after.findings.count <= Findings.countMax)
        let report = LabelReport.evaluate(rules, root: folder.path, topology: after, host: HostID("n"), now: nil)
        #expect(report.labels["kubernetes.io/hostname"] == "n")
        #expect(!after.text(labels: report).isEmpty)
        #expect(!after.document(labels: report).yamlText.isEmpty)
    }

    private static let captures =
        Captures.truth(in: "truth.json").map { "captures/\($0.key)" }
        + Captures.truth(in: "truth-synthetic.json").map { "captures-synthetic/\($0.key)" }

    @Test(arguments: captures)
    func `a capture may be damaged anywhere`(capture: String) throws {
        let folder = try Captures.unpack("\(capture).tar.gz")
        let name = String(capture.split(separator: "/").last ?? "")
        let root = "\(folder.path)/\(name)"
        let before = HostTopology.read(root: root)
        let files = Captures.files(below: root).map { "\(name)/\($0)" }
        // Seeded with the name, so that it is the same damage every time.
        var random = Splitter(state: LabelValue.fnv1a(name))
        for share in [2, 4, 16] {
            for path in files where random.next() % 32 < share { try spoil(path, in: folder, &random) }
            let after = HostTopology.read(root: root)
            #expect(after.warnings.count <= Warnings.countMax)
            #expect(after.findings.count <= Findings.countMax)
            #expect(Set(after.addresses).isSubset(of: before.visible(in: root)), "\(name), \(share) of 32 files")
            let report = LabelReport()
            #expect(!after.text(labels: report).isEmpty)
            #expect(!after.document(labels: report).jsonText().isEmpty)
        }
    }

    @Test func `a device that goes away and comes back meanwhile hides no other`() async throws {
        let folder = try TemporaryFolder()
        try HostGenerator(kind: .h100, name: "n").write(into: folder.path)
        let before = folder.topology
        let path = folder.path
        let fickle = [before.devices[2].pciAddress, before.networkDevices[5].function?.address.description ?? ""]
        let places = try fickle.map { address in
            let target = try #require(folder.tree.linkTarget("sys/bus/pci/devices/\(address)").value)
            return "\(path)/sys/bus/pci/devices/\(target)"
        }
        let readings = await withTaskGroup { group in
            group.addTask {
                for turn in 0..<400 {
                    let place = places[turn % 2]
                    rename(place, "\(path)/gone")
                    rename("\(path)/gone", place)
                }
                return [HostTopology]()
            }
            group.addTask { (0..<8).map { _ in HostTopology.read(root: path) } }
            return await group.reduce(into: []) { $0 += $1 }
        }
        #expect(readings.count == 8)
        for after in readings {
            for device in before.devices where !fickle.contains(device.pciAddress) {
                var found = after.devices.first { $0.pciAddress == device.pciAddress }
                found?.index = device.index
                #expect(found == device)
            }
            for device in before.networkDevices where !fickle.contains(device.function?.address.description ?? "") {
                #expect(after.networkDevices.contains(device))
            }
        }
        #expect(folder.topology == before)
    }

    /// Spoils some of a device's attributes.
    private func damage(_ device: String, in folder: TemporaryFolder, _ random: inout Splitter) throws {
        for name in [
            "vendor", "device", "class", "numa_node", "driver", "status", "unique_id", "iommu_group", "power_state",
            "current_link_speed", "current_link_width", "max_link_width", "local_cpulist", "physfn", "aer_dev_fatal",
        ] where random.next() % 3 == 0 {
            try spoil("\(device)/\(name)", in: folder, &random)
        }
    }

    private func spoil(_ path: String, in folder: TemporaryFolder, _ random: inout Splitter) throws {
        let place = "\(folder.path)/\(path)"
        // It may have been spoiled before.
        if unlink(place) != 0 { rmdir(place) }
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

extension HostTopology {
    /// Of all devices and network devices.
    fileprivate var addresses: [String] {
        devices.map(\.pciAddress) + networkDevices.compactMap { $0.function?.address.description }
    }

    /// The addresses that a damaged reading may show: those of before, and those of functions that have lost what they
    /// were left out for.
    fileprivate func visible(in root: String) -> Set<String> {
        Set(addresses).union(HostTree(root: root).names(in: "sys/bus/pci/devices").value ?? [])
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
