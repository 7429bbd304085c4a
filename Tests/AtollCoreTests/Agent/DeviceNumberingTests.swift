import AtollModel
import Testing

@testable import AtollCore

@Suite struct DeviceNumberingTests {
    private static func device(_ position: UInt32, _ bus: String, id: String = "") -> Device {
        Device(index: position, vendor: .nvidia, model: "H100 SXM", pciAddress: "0000:\(bus):00.0", uniqueID: id)
    }

    private static let four = [device(0, "1b"), device(1, "43"), device(2, "52"), device(3, "61")]

    private static func numbering(_ devices: [Device] = four) -> DeviceNumbering {
        var numbering = DeviceNumbering()
        numbering.read(devices) { _ in true }
        return numbering
    }

    @Test func `at first a device's number is its position`() {
        let numbering = Self.numbering()
        #expect(numbering.devices == Self.four)
        #expect(numbering.positions(of: [1, 3]) == [1, 3])
        #expect(numbering.gone == [])
    }

    @Test func `a device that goes keeps its number, and those behind it keep theirs`() {
        var numbering = Self.numbering()
        numbering.read([Self.device(0, "1b"), Self.device(1, "52"), Self.device(2, "61")]) { _ in true }
        #expect(numbering.devices.map(\.index) == [0, 1, 2, 3])
        #expect(numbering.devices.map(\.usable) == [true, false, true, true])
        #expect(numbering.gone.map(\.pciAddress) == ["0000:43:00.0"])
        #expect(numbering.positions(of: [2, 3]) == [1, 2])
    }

    @Test func `a device that comes back has its number again`() {
        var numbering = Self.numbering()
        numbering.read(Array(Self.four.dropFirst().map { Self.moved($0, by: -1) })) { _ in true }
        numbering.read(Self.four) { _ in true }
        #expect(numbering == Self.numbering())
    }

    @Test func `another device in the place of a held one gets a number of its own`() {
        var numbering = Self.numbering([Self.device(0, "1b", id: "GPU-a")])
        numbering.read([Self.device(0, "1b", id: "GPU-b")]) { _ in true }
        #expect(numbering.devices.map(\.uniqueID) == ["GPU-a", "GPU-b"])
        #expect(numbering.devices.map(\.index) == [0, 1])
        #expect(numbering.positions(of: [1]) == [0])
        // And keeps it.
        numbering.read([Self.device(0, "1b", id: "GPU-b")]) { _ in true }
        #expect(numbering.devices.map(\.index) == [0, 1])
    }

    @Test func `another device takes the number of one that nobody holds`() {
        var numbering = Self.numbering([Self.device(0, "1b", id: "GPU-a")])
        numbering.read([Self.device(0, "1b", id: "GPU-b")]) { _ in false }
        #expect(numbering.devices.map(\.uniqueID) == ["GPU-b"])
        #expect(numbering.devices.map(\.index) == [0])
    }

    @Test func `a UUID that is published late changes no number`() {
        var numbering = Self.numbering([Self.device(0, "1b"), Self.device(1, "43")])
        numbering.read([Self.device(0, "1b", id: "GPU-a"), Self.device(1, "43", id: "GPU-b")]) { _ in true }
        #expect(numbering.devices.map(\.index) == [0, 1])
        #expect(numbering.devices.map(\.uniqueID) == ["GPU-a", "GPU-b"])
    }

    @Test func `partitions of one device are told apart by their order`() {
        let partitions = (0..<4).map { Self.device($0, "05", id: "e3a1") }
        var numbering = Self.numbering(partitions)
        numbering.read(Array(partitions.prefix(1))) { _ in true }
        #expect(numbering.devices.map(\.usable) == [true, false, false, false])
        numbering.read(partitions) { _ in true }
        #expect(numbering.devices == partitions)
    }

    @Test func `numbers outlive the agent within a boot`() {
        var numbering = Self.numbering()
        let left = [Self.device(0, "1b"), Self.device(1, "52"), Self.device(2, "61")]
        numbering.read(left) { _ in true }
        var next = DeviceNumbering(numbered: numbering.devices)
        next.read(left) { _ in true }
        #expect(next == numbering)
    }

    /// Whatever comes and goes, a device that stays has the same number, and no two have one.
    @Test(arguments: 1...40 as ClosedRange<UInt64>)
    func `numbers of devices that stay never change`(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var numbering = DeviceNumbering()
        var known: [String: UInt32] = [:]
        for _ in 0..<30 {
            let present = (0..<8).filter { _ in Bool.random(using: &random) }
            let read = present.enumerated().map { Self.device(UInt32($0), "0\($1)", id: "GPU-\($1)") }
            numbering.read(read) { _ in true }
            #expect(numbering.devices.map(\.index) == Array(0..<UInt32(numbering.devices.count)), "seed \(seed)")
            for device in numbering.devices {
                #expect(known[device.uniqueID] == nil || known[device.uniqueID] == device.index, "seed \(seed)")
                known[device.uniqueID] = device.index
                let position = read.first { $0.uniqueID == device.uniqueID }?.index
                #expect(numbering.positions(of: [device.index]) == (position.map { [$0] } ?? []), "seed \(seed)")
                #expect(device.usable == (position != nil), "seed \(seed)")
            }
        }
    }

    private static func moved(_ device: Device, by places: Int) -> Device {
        var device = device
        device.index = UInt32(Int(device.index) + places)
        return device
    }
}
