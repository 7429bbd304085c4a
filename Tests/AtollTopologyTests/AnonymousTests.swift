import AtollModel
import Testing

@testable import AtollTopology

struct AnonymousTests {
    @Test(arguments: HostGenerator.Kind.allCases)
    func `no identity is left, and everything else is`(kind: HostGenerator.Kind) throws {
        let folder = try TemporaryFolder()
        try HostGenerator(kind: kind, name: "some-host-7").write(into: folder.path)
        let recorder = HostRecorder(root: folder.path)
        let host = HostTopology.read(recorder.tree)
        _ = try AgentConfiguration.read(recorder.tree)
        let anonymous = recorder.capture.anonymous
        let bytes = String(decoding: anonymous.tar, as: UTF8.self)
        let other = HostTopology.read(HostTree(CapturedFiles(anonymous)))
        let identities = [host.hostname, host.machineID, host.bootID] + host.devices.map(\.uniqueID)
        for identity in identities where !identity.isEmpty { #expect(!bytes.contains(identity), "\(identity)") }
        #expect(other.hostname != host.hostname && other.hostname.count == host.hostname.count)
        #expect(other.machineID != host.machineID && other.machineID.count == host.machineID.count)
        #expect(other.devices.map(\.uniqueID.count) == host.devices.map(\.uniqueID.count))
        let text = other.text(labels: .none).replacing(other.hostname, with: host.hostname)
        #expect(text == host.text(labels: .none))
        #expect(other.matrixText() == host.matrixText())
    }

    private func anonymous(_ files: KeyValuePairs<String, String>) -> HostCapture {
        var capture = HostCapture()
        capture.add(.file(Array("0123456789abcdef0123456789abcdef\n".utf8)), at: "etc/machine-id")
        capture.add(.file(Array("node-a1.example.com\n".utf8)), at: "proc/sys/kernel/hostname")
        for (path, text) in files { capture.add(.file(Array(text.utf8)), at: path) }
        return capture.anonymous
    }

    private func text(_ capture: HostCapture, _ path: String) -> String {
        HostTree(CapturedFiles(capture)).text(path).value ?? ""
    }

    @Test func `what was equal stays equal, in hexadecimal and decimal`() {
        let capture = anonymous([
            "sys/gpu/unique_id": "00a1b2c3d4e5f607\n",
            "sys/gpu/xgmi_hive_info/xgmi_hive_id": "9876543210123\n",
            "sys/kfd/nodes/1/properties": "simd_count 4\nhive_id 9876543210123\nunique_id \(0x00a1_b2c3_d4e5_f607)\n",
        ])
        let unique = text(capture, "sys/gpu/unique_id")
        let hive = text(capture, "sys/gpu/xgmi_hive_info/xgmi_hive_id")
        #expect(unique != "00a1b2c3d4e5f607" && unique.count == 16)
        #expect(hive != "9876543210123")
        let number = UInt64(unique, radix: 16) ?? 0
        #expect(text(capture, "sys/kfd/nodes/1/properties") == "simd_count 4\nhive_id \(hive)\nunique_id \(number)")
    }

    @Test func `a GID keeps its subnet and has its port's GUID`() {
        let capture = anonymous([
            "sys/ib/node_guid": "b859:9f03:00d4:c132",
            "sys/ib/gids/0": "fe80:0000:0000:0000:b859:9f03:00d4:c132",
            "sys/net/address": "00:00:10:8c:fe:80:00:00:00:00:00:00:b8:59:9f:03:00:d4:c1:32",
        ])
        let guid = text(capture, "sys/ib/node_guid")
        #expect(guid != "b859:9f03:00d4:c132" && guid.count == 19)
        #expect(text(capture, "sys/ib/gids/0") == "fe80:0000:0000:0000:\(guid)")
        let digits = text(capture, "sys/net/address").filter { $0 != ":" }
        #expect(digits == "0000108cfe80000000000000" + guid.filter { $0 != ":" })
    }

    @Test func `placeholders, addresses of devices and other texts stay`() {
        let files: KeyValuePairs = [
            "sys/a/serial_number": "unknown\n", "sys/b/node_guid": "0000:0000:0000:0000\n",
            "sys/c/uevent": "PCI_SLOT_NAME=0000:1b:00.0\nPCI_ID=10DE:2330\n", "sys/d/cpulist": "0-55,112-167\n",
            "sys/e/rate": "400 Gb/sec (4X NDR)\n", "sys/f/local_cpus": "ffffffff,00000000\n",
        ]
        let capture = anonymous(files)
        for (path, text) in files { #expect(capture.entries[path] == .file(Array(text.utf8))) }
    }

    @Test func `the host's name is found where it is a word`() {
        let capture = anonymous(["etc/islands": "host=node-a1 node-a12 node-a1.example.com"])
        let name = text(capture, "proc/sys/kernel/hostname")
        let short = name.prefix { $0 != "." }
        #expect(text(capture, "etc/islands") == "host=\(short) node-a12 \(name)")
    }

    @Test func `identities in paths, and in links to them, are the same`() {
        let id = "1b4e28ba-2fa1-11d2-883f-0016d3cca427"
        var capture = HostCapture()
        capture.add(.file([0x78]), at: "sys/devices/VMBUS:00/\(id)/pci0001:00/vendor")
        capture.add(.link("devices/VMBUS:00/\(id)/pci0001:00"), at: "sys/bus")
        let anonymous = capture.anonymous
        #expect(!String(decoding: anonymous.tar, as: UTF8.self).contains(id))
        #expect(text(anonymous, "sys/bus/vendor") == "x")
    }

    @Test func `files that are no text are left out`() {
        var capture = HostCapture()
        capture.add(.file([0xff, 0x00]), at: "sys/vpd")
        #expect(capture.anonymous.entries["sys/vpd"] == .notRead)
    }

    @Test func `names are the same every time, and others for another key`() {
        let names = Pseudonyms(key: SipHash.Key(low: 1, high: 2))
        #expect(names.words("AB12-cd") == names.words("AB12-cd"))
        #expect(names.words("SN12345678") != Pseudonyms(key: SipHash.Key(low: 1, high: 3)).words("SN12345678"))
        #expect(names.number(0) == 0)
        #expect(names.digits("0000-0000") == "0000-0000")
    }

    /// The vector of the paper's appendix A.
    @Test func `the hash is SipHash-2-4`() {
        let key = SipHash.Key(low: 0x0706_0504_0302_0100, high: 0x0f0e_0d0c_0b0a_0908)
        #expect(SipHash.hash(Array(0...14), key: key) == 0xa129_ca61_49be_45e5)
    }
}
