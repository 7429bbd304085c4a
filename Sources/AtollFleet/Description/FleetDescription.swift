public import AtollModel

/// What hosts a fleet has, and what becomes of the pods that they are given.
///
/// Host n is called `<namePrefix><n>`, counted from `firstHost`, and has the address 10.(n / 65536).(n / 256).(n).
public struct FleetDescription: Equatable, Sendable {
    public var hostCount = 16
    /// The number of the first host: fleets of several processes divide the numbers among them.
    public var firstHost = 0
    public var namePrefix = "host-"
    /// Of the topology; their labels are added to those of `template`.
    public var levels = [FleetLevel(key: "atoll.dev/island", hosts: 16, prefix: "island-")]
    /// What every host is like, but for its name, its address and what identifies it and its devices.
    public var template = FleetDescription.template(devices: 8)
    public var pods = PodHabits()
    /// All that is drawn is drawn from it: the same seed and pods give the same fates.
    public var seed: UInt64 = 1

    /// Numbers up to here have addresses of their own.
    public static let hostNumberMax = 1 << 24

    public init() {}

    /// A server with accelerators of one kind.
    public static func template(
        devices: Int,
        vendor: AcceleratorVendor = .nvidia,
        model: String = "H100 SXM"
    ) -> HostFacts {
        HostFacts(
            host: HostID(""),
            address: "",
            kernel: "simulated",
            agentVersion: AtollVersion.current,
            cpuCount: 224,
            memoryBytes: 2 << 40,
            model: "Simulated server",
            numaNodeCount: 2,
            devices: (0..<devices).map { index in
                Device(
                    index: UInt32(index),
                    vendor: vendor,
                    model: model,
                    pciAddress: "0000:\(String(0x10 + index, radix: 16)):00.0",
                    numaNode: UInt32(index * 2 / devices),
                    driver: "simulated",
                    uniqueID: "\(index)"
                )
            }
        )
    }
}

/// A level of the topology: so many hosts after each other have one value of a label.
public struct FleetLevel: Equatable, Sendable {
    /// The label's key.
    public var key: String
    /// In one domain of it, at least 1.
    public var hosts: Int
    /// Values are `<prefix><number of the domain>`.
    public var prefix: String

    public init(key: String, hosts: Int, prefix: String) {
        self.key = key
        self.hosts = hosts
        self.prefix = prefix
    }
}

extension FleetDescription {
    /// The numbers of all hosts.
    public var hostNumbers: Range<Int> { firstHost..<firstHost + hostCount }

    public func name(of number: Int) -> HostID { HostID("\(namePrefix)\(number)") }

    /// What host `number` reports after its boot number `boot`.
    public func facts(of number: Int, boot: Int) -> HostFacts {
        var facts = template
        facts.host = name(of: number)
        facts.address = "10.\(number >> 16).\(number >> 8 & 255).\(number & 255)"
        facts.bootID = "boot-\(number)-\(boot)"
        facts.labels["kubernetes.io/hostname"] = facts.host.name
        for level in levels { facts.labels[level.key] = "\(level.prefix)\(number / level.hosts)" }
        for index in facts.devices.indices where !facts.devices[index].uniqueID.isEmpty {
            facts.devices[index].uniqueID += "-\(number)"
        }
        return facts
    }
}
