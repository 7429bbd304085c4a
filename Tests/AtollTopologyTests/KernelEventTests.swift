import Testing

@testable import AtollTopology

@Suite struct KernelEventTests {
    private static func bytes(_ parts: String...) -> [UInt8] { parts.flatMap { Array($0.utf8) + [0] } }

    @Test func `an event of the kernel is taken apart`() throws {
        let path = "/devices/pci0000:3a/0000:3a:00.0/0000:3b:00.0"
        let event = try #require(
            KernelEvent(
                Self.bytes(
                    "remove@\(path)",
                    "ACTION=remove",
                    "DEVPATH=\(path)",
                    "SUBSYSTEM=pci",
                    "PCI_ID=10DE:2330",
                    "SEQNUM=4711"
                )
            )
        )
        #expect(event.action == "remove")
        #expect(event.path == path)
        #expect(event.subsystem == "pci")
        #expect(event.concernsTopology)
    }

    @Test(arguments: [
        ("pci", true), ("drm", true), ("accel", true), ("infiniband", true), ("net", true), ("vfio", true),
        ("nvidia", true), ("nvidia-caps", true), ("block", false), ("usb", false), ("", false),
    ])
    func `events of other subsystems say nothing about accelerators`(subsystem: String, concerns: Bool) throws {
        let event = try #require(KernelEvent(Self.bytes("add@/devices/x", "SUBSYSTEM=\(subsystem)")))
        #expect(event.concernsTopology == concerns)
    }

    @Test(arguments: [
        "", "libudev", "add", "@/devices/x", "add@devices", "a b@/devices/x", "libudev\u{0}\u{fe}\u{ed}",
    ])
    func `anything else is no event`(text: String) {
        #expect(KernelEvent(Self.bytes(text)) == nil)
    }

    @Test(arguments: 1...50 as ClosedRange<UInt64>)
    func `random bytes never trap`(seed: UInt64) {
        var state = seed
        let bytes = (0..<200).map { _ -> UInt8 in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return UInt8(truncatingIfNeeded: state >> 56)
        }
        _ = KernelEvent(bytes)
        _ = KernelEvent(Array("add@/".utf8) + bytes)
    }
}
