/// Something about a host that a person should look at: from its agent, which sees the hardware, or from the
/// coordinator, which compares hosts with each other and with their past.
public struct Finding: Equatable, Hashable, Sendable, Codable {
    public enum Severity: String, CaseIterable, Comparable, Sendable, Codable {
        /// Worth knowing; nothing is wrong.
        case notice
        /// Work runs, and slower or with less in reserve than it should.
        case warning
        /// Work that is placed here is likely to fail.
        case error

        public static func < (left: Severity, right: Severity) -> Bool { left.rank < right.rank }

        private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
    }

    /// What kind of thing it is, in the form of event reasons: `LinkNarrowed`. Open, so that a coordinator passes on what
    /// a newer agent has found.
    public struct Code: RawRepresentable, Hashable, Comparable, Sendable, Codable {
        public let rawValue: String

        public init(rawValue: String) { self.rawValue = rawValue }

        public static func < (left: Code, right: Code) -> Bool { left.rawValue < right.rawValue }
    }

    public var severity: Severity
    public var code: Code
    /// What it is about: a PCI address, a port (`mlx5_0/1`), a label's key; empty for the host as a whole.
    public var subject: String
    /// One sentence for people, with the evidence.
    public var message: String

    public init(_ severity: Severity, _ code: Code, subject: String = "", message: String) {
        self.severity = severity
        self.code = code
        self.subject = subject
        self.message = message
    }
}

extension Finding.Code {
    // From agents.

    /// A PCI Express link has fewer lanes than both of its ends.
    public static let linkNarrowed = Finding.Code(rawValue: "LinkNarrowed")
    /// Fatal or non-fatal PCI Express errors have been counted since boot.
    public static let linkErrors = Finding.Code(rawValue: "LinkErrors")
    /// Uncorrectable memory errors, or memory pages taken out of use.
    public static let memoryErrors = Finding.Code(rawValue: "MemoryErrors")
    /// A device that is there and must not be used, with its driver's reason.
    public static let deviceUnusable = Finding.Code(rawValue: "DeviceUnusable")
    /// A device that has been there since boot and is not any more.
    public static let deviceGone = Finding.Code(rawValue: "DeviceGone")
    /// A device, or a partition of it, that should be there by what the others are.
    public static let deviceIncomplete = Finding.Code(rawValue: "DeviceIncomplete")
    /// A network port without link.
    public static let portDown = Finding.Code(rawValue: "PortDown")
    /// The inputs of a label's rule give different values, so that the host is in no island of that level.
    public static let labelAmbiguous = Finding.Code(rawValue: "LabelAmbiguous")
    /// A label that the configuration requires has no value.
    public static let labelMissing = Finding.Code(rawValue: "LabelMissing")

    // From the coordinator.

    /// Hosts of one island have different devices.
    public static let islandMixed = Finding.Code(rawValue: "IslandMixed")
    /// A label that names an island has another value than before.
    public static let labelMoved = Finding.Code(rawValue: "LabelMoved")
    /// Fewer devices than the host had before.
    public static let devicesMissing = Finding.Code(rawValue: "DevicesMissing")
    /// A link that was wider or faster before.
    public static let linkSlower = Finding.Code(rawValue: "LinkSlower")
    /// Two hosts that report the same device.
    public static let deviceTwice = Finding.Code(rawValue: "DeviceTwice")
}
