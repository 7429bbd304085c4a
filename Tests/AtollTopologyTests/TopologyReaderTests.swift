import AtollModel
import Glibc
import Testing

@testable import AtollTopology

/// A reader that remembers sees what one does that starts anew.
struct TopologyReaderTests {
    private func host(_ kind: HostGenerator.Kind) throws -> TemporaryFolder {
        try TemporaryFolder(HostGenerator(kind: kind, name: "n").tree())
    }

    @Test(arguments: HostGenerator.Kind.allCases)
    func `a second reading sees the same with far fewer looks`(kind: HostGenerator.Kind) throws {
        let folder = try host(kind)
        var reader = TopologyReader(root: folder.path)
        let first = reader.read()
        let whole = reader.looks
        #expect(first == folder.topology)
        #expect(reader.read() == first)
        print("\(kind.rawValue): \(whole) looks, then \(reader.looks)")
        #expect(reader.looks * 3 < whole * 2)
        reader.forget()
        #expect(reader.read() == first)
        #expect(reader.looks == whole)
    }

    @Test func `links of KFD are read once for a generation`() throws {
        let folder = try TemporaryFolder(building: { tree in
            tree.file("sys/class/kfd/kfd/topology/generation_id", 2)
            for node in 1...16 {
                tree.kfdNode(node, location: node << 8)
                for link in 0..<15 { tree.kfdLink(node, link, to: link + (link < node - 1 ? 1 : 2), weight: 15) }
            }
        })
        var reader = TopologyReader(root: folder.path)
        #expect(reader.read().links.count == 120)
        #expect(reader.looks > 256)
        let first = reader.read()
        #expect(reader.looks < 64)
        try folder.replace("sys/class/kfd/kfd/topology/nodes/1/io_links/0/properties", with: Array("type 2".utf8))
        #expect(reader.read() == first, "nothing says that it has changed")
        try folder.replace("sys/class/kfd/kfd/topology/generation_id", with: Array("3\n".utf8))
        #expect(reader.read() == folder.topology)
        #expect(reader.looks > 256)
    }

    @Test func `KFD that could not be read whole is read again`() throws {
        let folder = try TemporaryFolder(building: { tree in
            tree.file("sys/class/kfd/kfd/topology/generation_id", 2)
            tree.kfdNode(1, location: 0x500)
            tree.file("sys/class/kfd/kfd/topology/nodes/2/name", "ip discovery")
        })
        var reader = TopologyReader(root: folder.path)
        #expect(reader.read().accelerators.count == 1)
        let properties = folder.tree.bytes("sys/class/kfd/kfd/topology/nodes/1/properties").value ?? []
        try folder.replace("sys/class/kfd/kfd/topology/nodes/2/properties", with: properties)
        #expect(reader.read().accelerators.count == 2)
    }

    @Test func `a device that comes back is another one`() throws {
        let folder = try host(.gaudi3)
        var reader = TopologyReader(root: folder.path)
        let address = try #require(reader.read().devices.first?.pciAddress)
        let place = "sys/bus/pci/devices/\(address)"
        let name = try #require(realpath("\(folder.path)/\(place)", nil))
        defer { free(name) }
        // The old folder stays, so that the new one cannot have its number.
        #expect(rename(String(cString: name), "\(folder.path)/gone") == 0)
        #expect(reader.read().devices.count == 7)
        #expect(reader.read() == folder.topology)
        #expect(mkdir(String(cString: name), 0o755) == 0)
        for (attribute, text) in [("vendor", "0x10de"), ("device", "0x2330"), ("class", "0x030200")] {
            try folder.replace("\(place)/\(attribute)", with: Array(text.utf8))
        }
        #expect(reader.read().devices.first?.model == "H100 SXM")
        #expect(reader.read() == folder.topology)
    }

    @Test(arguments: HostGenerator.Kind.allCases, 1...4 as ClosedRange<UInt64>)
    func `whatever changes is seen`(kind: HostGenerator.Kind, seed: UInt64) throws {
        let folder = try host(kind)
        var random = SplitMix64(seed: seed)
        var reader = TopologyReader(root: folder.path)
        let addresses = try #require(folder.tree.names(in: PCIFunction.devicesFolder).value)
        _ = reader.read()
        for step in 0..<12 {
            let address = addresses[Int(random.next() % UInt64(addresses.count))]
            try change("\(PCIFunction.devicesFolder)/\(address)", in: folder, &random)
            #expect(reader.read() == folder.topology, "kind \(kind.rawValue), seed \(seed), step \(step), \(address)")
        }
    }

    /// One of the things that happen to a device or its host while it runs.
    private func change(_ device: String, in folder: TemporaryFolder, _ random: inout SplitMix64) throws {
        let number = Array("\(random.next() % 64)\n".utf8)
        let place = "\(folder.path)/\(device)"
        switch random.next() % 12 {
        case 0: try put("\(device)/current_link_width", number, in: folder)
        case 1: try put("\(device)/current_link_speed", Array("8.0 GT/s PCIe\n".utf8), in: folder)
        case 2: try put("\(device)/aer_dev_fatal", Array("TOTAL_ERR_FATAL ".utf8) + number, in: folder)
        case 3: try put("\(device)/status", Array("In reset\n".utf8), in: folder)
        case 4: try put("\(device)/power_state", Array("D3cold\n".utf8), in: folder)
        case 5: try put("\(device)/current_compute_partition", Array("CPX\n".utf8), in: folder)
        case 6: try put("proc/sys/kernel/hostname", Array("host-".utf8) + number, in: folder)
        case 7: try put("sys/class/kfd/kfd/topology/generation_id", number, in: folder)
        case 8, 9:
            // Another driver with what it adds to the folder, or none.
            unlink("\(place)/driver")
            unlink("\(place)/unique_id")
            let driver = random.next() % 4
            if driver == 0 { break }
            try put("\(device)/unique_id", Array("\(driver)\n".utf8), in: folder)
            symlink("../../../bus/pci/drivers/driver-\(driver)", "\(place)/driver")
        default:
            // It goes, or comes back.
            let hidden = "\(folder.path)/hidden-\(device.split(separator: "/").last ?? "")"
            if rename(place, hidden) != 0 { rename(hidden, place) }
        }
    }

    /// Nothing where the folder has gone.
    private func put(_ path: String, _ bytes: [UInt8], in folder: TemporaryFolder) throws {
        let (parent, _) = TreeWalk.split(path)
        if folder.tree.exists(parent) { try folder.replace(path, with: bytes) }
    }
}
