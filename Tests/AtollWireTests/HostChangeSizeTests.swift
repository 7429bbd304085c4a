import AtollModel
import AtollWire
import Testing

@Suite struct HostChangeSizeTests {
    /// A host as full as real ones.
    private let facts = HostFacts(
        host: HostID("gpu-0417.example.com"),
        address: "10.20.30.41",
        bootID: "2f0c1a6e-5f0f-4c33-9a55-000010000417",
        kernel: "6.1.0-42-amd64",
        agentVersion: "0.1.0",
        cpuCount: 224,
        memoryBytes: 2 << 40,
        model: "Supermicro AS-8125GS-TNHR",
        numaNodeCount: 2,
        labels: ["kubernetes.io/hostname": "gpu-0417.example.com", "topology.kubernetes.io/rack": "r17"],
        devices: (0..<8).map { index in
            Device(
                index: index,
                vendor: .nvidia,
                model: "H100 SXM",
                pciAddress: "0000:\(index + 1)b:00.0",
                numaNode: index / 4,
                driver: "nvidia",
                uniqueID: "GPU-7a1c9f52-55e3-4d0f-8b1e-00000000000\(index)",
                memoryBytes: 80 << 30,
                link: PCILink(speed: 32_000, width: 16, speedMax: 32_000, widthMax: 16)
            )
        }
    )

    @Test func `one device's link is a small message`() {
        var now = facts
        now.devices[3].link?.width = 8
        let change = Message.hostChange(HostChange(from: facts, to: now, number: 9)).encodedFrame()
        #expect(change.count < 128)
        #expect(change.count * 8 < Message.hostFacts(now).encodedFrame().count)
    }
}
