import AtollYAML
import Testing

@testable import AtollTopology

/// The reader against `lstopo` of hwloc, which reads the same trees in its own way. Where there is no `lstopo`, or no
/// tree, the test says so and passes.
struct LstopoTests {
    /// As hwloc's own tests have them, with the configuration spaces by which it finds what is behind which bridge.
    private static let whole = [
        "hwloc-raw/32intel64-2p8co2t+8ve.tar.bz2", "hwloc-raw/40intel64-2g2n4c+pcilocality.tar.bz2",
        "hwloc-raw/nvidia-dgx-gb10.tar.bz2",
    ]
    private static let trimmed = Captures.truth(in: "truth.json").map { "captures/\($0.key).tar.gz" }

    @Test(arguments: whole + trimmed)
    func `lstopo sees the same functions and NUMA nodes`(archive: String) throws {
        let isWhole = Self.whole.contains(archive)
        guard let (topology, theirs) = try read(archive) else { return }
        for function in topology.functions {
            let found = try #require(theirs.functions[function.address], "\(function.address)")
            #expect(found.identity == function.identity)
            // Of a bridge without configuration space lstopo does not know that it is one.
            if isWhole { #expect(found.bridges == function.path?.bridges.filter(theirs.bridges.contains)) }
        }
        let mine = Set(topology.functions.map(\.address))
        #expect(theirs.functions.filter { $0.value.isWanted($0.key) && !mine.contains($0.key) }.isEmpty)
        // Without the folders of single processors, which nobody else needs, lstopo makes one node up.
        if isWhole { #expect(topology.numaNodes.map(\.number) == theirs.numaNodes) }
        print("\(archive): \(mine.count) functions, \(theirs.functions.count) of lstopo's")
    }

    private func read(_ archive: String) throws -> (HostTopology, LstopoReport)? {
        guard Captures.run("lstopo-no-graphics", "--version", output: "/dev/null") == 0 else {
            print("not compared with lstopo: there is no lstopo-no-graphics")
            return nil
        }
        guard SystemCalls.exists("\(Captures.folder)/\(archive)") else {
            print("not compared with lstopo: there is no \(Captures.folder)/\(archive)")
            return nil
        }
        let folder = try Captures.unpack(archive)
        let name = try #require(folder.tree.names(in: "").value?.first)
        let report = "\(folder.path)/report.xml"
        let status = Captures.run(
            "lstopo-no-graphics",
            "-p",
            "--whole-io",
            "--of",
            "xml",
            output: report,
            environment: ["HWLOC_FSROOT=\(folder.path)/\(name)", "HWLOC_THISSYSTEM=0"]
        )
        #expect(status == 0)
        let text = try #require(folder.tree.text("report.xml", bytesMax: 1 << 24).value)
        return (HostTopology.read(root: "\(folder.path)/\(name)"), LstopoReport(text))
    }
}

/// What of hwloc's XML is compared: its objects, one a line.
private struct LstopoReport {
    struct Function {
        /// `0302 [10de:2330]`.
        var identity: String
        var bridges: [PCIAddress]
    }

    var functions: [PCIAddress: Function] = [:]
    var numaNodes: [UInt32] = []
    var bridges: Set<PCIAddress> = []

    init(_ xml: String) {
        // The address of each object that is open, for those that are PCI functions.
        var open: [PCIAddress?] = []
        for line in xml.lines() {
            let line = line.trimmed()
            if line.hasPrefix("</object>") { open.removeLast() }
            guard line.hasPrefix("<object ") else { continue }
            let address = Self.attribute("pci_busid", of: line).flatMap { PCIAddress($0) }
            if let address, let type = Self.attribute("pci_type", of: line) {
                functions[address] = Function(identity: String(type.prefix(16)), bridges: open.compactMap(\.self))
            }
            switch Self.attribute("type", of: line) {
            case "NUMANode": Self.attribute("os_index", of: line).flatMap { UInt32($0) }.map { numaNodes.append($0) }
            case "Bridge": address.map { _ = bridges.insert($0) }
            default: break
            }
            if !line.hasSuffix("/>") { open.append(address) }
        }
        numaNodes.sort()
    }

    private static func attribute(_ name: String, of line: String) -> String? {
        guard let start = line.firstRange(of: " \(name)=\"")?.upperBound else { return nil }
        return String(line[start...].prefix { $0 != "\"" })
    }
}

extension LstopoReport.Function {
    /// Whether it is of the kinds that the reader keeps: by the class alone, so as not to ask the reader itself.
    func isWanted(_ address: PCIAddress) -> Bool {
        let vendor = identity.dropFirst(6).prefix(4)
        return identity.hasPrefix("02") || identity.hasPrefix("12") || (identity.hasPrefix("0b40") && vendor == "1bcf")
            || (identity.hasPrefix("03") && vendor == "10de" && address.function == 0)
    }
}

extension HostTopology {
    /// All PCI functions that are kept, but those of virtual devices' kinds.
    fileprivate var functions: [PCIFunction] {
        accelerators.compactMap(\.function) + networkDevices.compactMap(\.function) + bridges
    }
}

extension PCIFunction {
    fileprivate var identity: String {
        let digits = [shortClass, vendor, device].map { $0.hexadecimal(digits: 4) }
        return "\(digits[0]) [\(digits[1]):\(digits[2])]"
    }
}
