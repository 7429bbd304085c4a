import AtollModel
import Testing

@Suite struct HostChangeTests {
    /// Two reports of one host that have some things in common.
    private func reports(seed: UInt64) -> (before: HostFacts, now: HostFacts) {
        var random = SplitMix64(seed: seed)
        let before = facts(&random)
        var now = facts(&random)
        if Bool.random(using: &random) { now.labels = before.labels }
        if Bool.random(using: &random) { now.devices = before.devices.filter { $0.index != 2 } }
        if Bool.random(using: &random) { now.findings = before.findings }
        return (before, now)
    }

    private func facts(_ random: inout SplitMix64) -> HostFacts {
        func number(_ below: UInt32) -> UInt32 { UInt32.random(in: 0..<below, using: &random) }
        var facts = HostFacts(host: HostID("h"), address: "10.0.0.1", kernel: "6.\(number(2))", cpuCount: number(2))
        for key in ["rack", "slice", "zone"] where number(3) > 0 { facts.labels[key] = "\(key)-\(number(2))" }
        for index in 0..<UInt32(6) where number(3) > 0 {
            let link = PCILink(speed: 16_000, width: 8 << number(2), speedMax: 32_000, widthMax: 16)
            facts.devices.append(Device(index: index, vendor: .nvidia, usable: number(4) > 0, link: link))
        }
        if number(2) > 0 { facts.warnings = ["cannot read \(number(2))"] }
        if number(2) > 0 { facts.findings = [Finding(.warning, .portDown, subject: "mlx5_\(number(2))", message: "")] }
        if number(2) > 0 { facts.podLease = .seconds(60) }
        return facts
    }

    @Test(arguments: 0..<500 as Range<UInt64>)
    func `a change makes the one report of the other`(seed: UInt64) {
        let (before, now) = reports(seed: seed)
        let change = HostChange(from: before, to: now, number: 1)
        #expect(before.applying(change) == now, "seed \(seed)")
    }

    @Test func `what is the same is not told`() {
        let (before, _) = reports(seed: 1)
        #expect(HostChange(from: before, to: before, number: 7) == HostChange(number: 7))
        #expect(before.applying(HostChange(number: 7)) == before)
    }

    @Test func `a device that is gone is told by its index alone`() {
        let devices = (0..<3).map { Device(index: $0, vendor: .amd) }
        let before = HostFacts(host: HostID("h"), address: "", devices: devices)
        var now = before
        now.devices.remove(at: 1)
        #expect(HostChange(from: before, to: now, number: 1) == HostChange(number: 1, goneDevices: [1]))
    }

    @Test func `a change speaks of its host, whatever name is in it`() {
        let machine = HostFacts(host: HostID("other"), address: "10.0.0.2")
        let facts = HostFacts(host: HostID("h"), address: "").applying(HostChange(number: 1, machine: machine))
        #expect(facts.host == HostID("h") && facts.address == "10.0.0.2")
    }
}
