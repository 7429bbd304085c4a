/// What has changed on a host since its agent's last report on the same connection.
///
/// The first report of a connection is whole. Changes count on from it: one is applied to the facts of the one before,
/// so a receiver that missed any refuses those that follow, and asks for a whole report by closing the connection.
public struct HostChange: Equatable, Sendable {
    /// Counts the changes of a connection, from 1.
    public var number: UInt64
    /// A report without labels, devices and findings, when anything else in it is different.
    public var machine: HostFacts?
    /// Labels that are new or have another value.
    public var labels: Labels
    /// Keys of labels that are gone.
    public var goneLabels: [String]
    /// Devices that are new or different, by their indexes.
    public var devices: [Device]
    /// Indexes of devices that are gone.
    public var goneDevices: [UInt32]
    /// All that there are, when any of them is different.
    public var findings: [Finding]?

    public init(
        number: UInt64,
        machine: HostFacts? = nil,
        labels: Labels = [:],
        goneLabels: [String] = [],
        devices: [Device] = [],
        goneDevices: [UInt32] = [],
        findings: [Finding]? = nil
    ) {
        self.number = number
        self.machine = machine
        self.labels = labels
        self.goneLabels = goneLabels
        self.devices = devices
        self.goneDevices = goneDevices
        self.findings = findings
    }

    /// The difference between two reports of one host, whose devices have ascending indexes.
    public init(from before: HostFacts, to now: HostFacts, number: UInt64) {
        let old = Dictionary(before.devices.map { ($0.index, $0) }) { $1 }
        let indexes = Set(now.devices.map(\.index))
        self.init(
            number: number,
            machine: before.machine == now.machine ? nil : now.machine,
            labels: Labels(now.labels.filter { before.labels[$0.0] != $0.1 }),
            goneLabels: before.labels.keys.filter { now.labels[$0] == nil },
            devices: now.devices.filter { old[$0.index] != $0 },
            goneDevices: before.devices.map(\.index).filter { !indexes.contains($0) },
            findings: before.findings == now.findings ? nil : now.findings
        )
    }
}

extension HostFacts {
    /// These facts after a change; the host stays the one that it is.
    public func applying(_ change: HostChange) -> HostFacts {
        var facts = change.machine ?? self
        facts.host = host
        facts.labels = labels.merging(change.labels)
        for key in change.goneLabels { facts.labels[key] = nil }
        let stale = Set(change.goneDevices + change.devices.map(\.index))
        // Stable, so that a report is the same however it came.
        facts.devices = (devices.filter { !stale.contains($0.index) } + change.devices).sorted { $0.index < $1.index }
        facts.findings = change.findings ?? findings
        return facts
    }

    /// All that is not told piece by piece.
    fileprivate var machine: HostFacts {
        var facts = self
        facts.labels = [:]
        facts.devices = []
        facts.findings = []
        return facts
    }
}
