import AtollModel
import AtollYAML

/// How a host is coloured in a picture of the cluster: what it is good for now.
enum HostShade: String, CaseIterable {
    case free = "free"
    case claimed = "claimed"
    case inUse = "in use"
    /// Not there, or taken out of use.
    case degraded = "degraded"

    init(_ host: YAMLNode) {
        let hasPods = host.hostPodCount > 0 || host.number("status", "freeDevices") != host.number("status", "devices")
        if host.text("status", "state") != "Ready" {
            self = .degraded
        } else if host.text("status", "claimedBy") != nil {
            self = .claimed
        } else {
            self = hasPods ? .inUse : .free
        }
    }

    /// Pale enough for black text, and told apart by those who do not see red from green.
    var fill: String {
        switch self {
        case .free: "#ffffff"
        case .claimed: "#a6cee3"
        case .inUse: "#cfe8b4"
        case .degraded: "#c8c8c8"
        }
    }
}

/// The frame around a host with findings, which may be of any shade.
enum FindingFrame {
    static let error = "#d7301f"
    static let warning = "#e6a100"

    /// Nil for a host without findings, or with notices alone.
    static func color(of host: YAMLNode) -> String? {
        let counts = host.findingCounts
        return counts.errors > 0 ? error : counts.warnings > 0 ? warning : nil
    }
}

extension Topology.Host {
    /// `tpu-1`, and `4/8 free, 1 error` below it.
    var captions: [String] {
        let free = object.share("freeDevices", of: "devices").map { "\($0) free" }
        let counts = object.findingCounts
        let details = [free, counts.isEmpty ? nil : counts.description].compactMap(\.self)
        return [object.objectName.printable, details.joined(separator: ", ").printable]
    }
}

extension Topology.Island {
    /// `rack r1: claimed by default/a-0`
    func caption(level key: String) -> String {
        let state = object.text("status", "state")
        let claim = object.text("status", "claimedBy").map { "claimed by \($0)" }
        let name = "\(ObjectColumn.shortKey(key)) \(object.objectName)"
        return ([name] + [claim ?? state.map { Cell.words($0) }].compactMap(\.self)).joined(separator: ": ").printable
    }
}
