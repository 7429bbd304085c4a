import AtollModel
import AtollWire

/// Draws arbitrary values of every message from a seed: the same seed gives the same values in every process.
///
/// Small and extreme values are as likely as ordinary ones; lists are often empty.
struct Arbitrary: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    /// SplitMix64, from Steele, Lea and Flood, "Fast splittable pseudorandom number generators".
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    mutating func bool() -> Bool { Bool.random(using: &self) }

    mutating func number<Number: FixedWidthInteger>(_ type: Number.Type = Number.self) -> Number {
        switch Int.random(in: 0..<4, using: &self) {
        case 0: 0
        case 1: Bool.random(using: &self) ? .min : .max
        case 2: Number.random(in: 0...100, using: &self)
        default: Number.random(in: .min ... .max, using: &self)
        }
    }

    mutating func duration() -> Duration { .nanoseconds(Int64.random(in: 0 ... .max, using: &self)) }

    mutating func timestamp() -> Timestamp { Timestamp(nanoseconds: number()) }

    mutating func text() -> String {
        switch Int.random(in: 0..<8, using: &self) {
        case 0: return ""
        case 1: return String(repeating: "long ", count: Int.random(in: 20...60, using: &self))
        case 2: return "e\u{301}é \u{1F3DD} \u{10FFFF}\u{FEFF}\r\n\u{1}"
        default:
            let letters = Array("abcdefghijklmnopqrstuvwxyz0123456789-./:$() ")
            return String((0..<Int.random(in: 1...20, using: &self)).map { _ in one(of: letters) })
        }
    }

    mutating func bytes() -> [UInt8] {
        (0..<Int.random(in: 0...300, using: &self)).map { _ in UInt8(truncatingIfNeeded: next()) }
    }

    /// The collection must not be empty.
    mutating func one<Element>(of elements: some Collection<Element>) -> Element {
        let offset = Int.random(in: 0..<elements.count, using: &self)
        return elements[elements.index(elements.startIndex, offsetBy: offset)]
    }

    mutating func list<Element>(_ draw: (inout Arbitrary) -> Element) -> [Element] {
        let count = bool() ? 0 : Int.random(in: 1...4, using: &self)
        return (0..<count).map { _ in draw(&self) }
    }

    mutating func maybe<Element>(_ draw: (inout Arbitrary) -> Element) -> Element? {
        bool() ? draw(&self) : nil
    }

    mutating func labels() -> Labels { Labels(list { ($0.text(), $0.text()) }) }
}

extension Arbitrary {
    mutating func podID() -> PodID { PodID(job: JobID(rawValue: number()), index: number(), replacement: number()) }

    mutating func objectName() -> ObjectName { ObjectName(namespace: text(), name: text()) }

    mutating func uid() -> ObjectUID { ObjectUID(text()) }

    mutating func host() -> HostID { HostID(text()) }

    /// A message of each kind.
    mutating func messages() -> [Message] {
        [
            .hello(hello()), .helloReply(helloReply()), .hostFacts(hostFacts()), .assignment(assignment()),
            .status(status()), .heartbeat(heartbeat()), .outputRead(outputRead()), .outputChunk(outputChunk()),
            .hostChange(hostChange()), .topologyRead(topologyRead()), .topologyText(topologyText()),
            .request(request()), .reply(reply()), .goodbye(reason: text()),
        ]
    }

    mutating func hello() -> Hello {
        let agent = AgentHello(
            host: host(),
            address: text(),
            bootID: text(),
            instance: uid(),
            highestEpoch: Epoch(number()),
            answersTopologyReads: bool(),
            readsPeerLists: bool()
        )
        return Hello(
            versions: VersionRange(oldest: number(), newest: number()),
            software: text(),
            role: bool() ? .agent(agent) : .admin
        )
    }

    mutating func helloReply() -> HelloReply {
        if bool() { return .refused(Refusal(code: one(of: Refusal.Code.allCases), message: text())) }
        return .accepted(
            Welcome(
                version: number(),
                software: text(),
                epoch: Epoch(number()),
                heartbeatInterval: duration(),
                lease: duration(),
                renewsPodLeases: bool(),
                podLease: podLease(),
                takesHostChanges: bool()
            )
        )
    }

    mutating func heartbeat() -> Heartbeat { Heartbeat(sent: number(), podLease: podLease()) }

    mutating func podLease() -> Duration? {
        maybe { one in
            let range = HostFacts.podLeases
            return .nanoseconds(
                Int64.random(in: range.lowerBound.nanoseconds...range.upperBound.nanoseconds, using: &one)
            )
        }
    }

    mutating func hostFacts() -> HostFacts {
        HostFacts(
            host: host(),
            address: text(),
            bootID: text(),
            kernel: text(),
            agentVersion: text(),
            cpuCount: number(),
            memoryBytes: number(),
            model: text(),
            numaNodeCount: number(),
            labels: labels(),
            devices: list { $0.device() },
            warnings: list { $0.text() },
            findings: list { $0.finding() },
            podLease: podLease()
        )
    }

    mutating func device() -> Device {
        Device(
            index: number(),
            vendor: one(of: AcceleratorVendor.allCases),
            model: text(),
            pciAddress: text(),
            numaNode: maybe { $0.number() },
            driver: text(),
            uniqueID: text(),
            usable: bool(),
            memoryBytes: number(),
            link: maybe {
                PCILink(speed: $0.number(), width: $0.number(), speedMax: $0.number(), widthMax: $0.number())
            }
        )
    }

    mutating func finding() -> Finding {
        Finding(
            one(of: Finding.Severity.allCases),
            Finding.Code(rawValue: text()),
            subject: text(),
            message: text()
        )
    }

    mutating func hostChange() -> HostChange {
        HostChange(
            number: number(),
            machine: maybe { $0.hostFacts() },
            labels: labels(),
            goneLabels: list { $0.text() },
            devices: list { $0.device() },
            goneDevices: list { $0.number() },
            findings: maybe { one in one.list { $0.finding() } }
        )
    }

    mutating func topologyRead() -> TopologyRead {
        TopologyRead(read: number(), format: one(of: TopologyRead.Format.allCases))
    }

    mutating func topologyText() -> TopologyText {
        TopologyText(read: number(), outcome: bool() ? .text(text()) : .failed(text()))
    }
}
