public import AtollModel

/// Why a JobSet has no placement now: for each ReplicatedJob that is short, what it needs and what stands in the way.
public struct PlacementReport: Equatable, Sendable {
    /// One ReplicatedJob that could not be placed.
    public struct Shortage: Equatable, Sendable {
        public var replicatedJob: String
        /// Islands (exclusive placement) or pods (shared hosts) needed, and how many could be had.
        public var needed: Int
        public var available: Int
        /// Nil for shared hosts.
        public var topologyKey: String?
        public var seatsPerJob: Int
        public var devices: PlacementRequest.DeviceNeed?
        /// Islands or hosts that exist, whatever their state.
        public var existing: Int
        public var obstacles: [Obstacle]
    }

    /// One thing in the way, and of how many islands or hosts.
    public struct Obstacle: Equatable, Sendable {
        public enum Cause: Equatable, Sendable {
            /// Claimed or used by this JobSet.
            case held(by: ObjectName)
            /// Pods of others run there.
            case inUse
            case hostsNotReady
            /// A person keeps new pods away.
            case cordoned
            case selectorMismatch
            case tooFewDevices
            case tooFewHosts
        }

        public var cause: Cause
        public var count: Int
        /// The first few by name.
        public var examples: [String]
    }

    public var shortages: [Shortage]

    /// One sentence for each shortage.
    public var message: String { shortages.map(\.message).joined(separator: " ") }
}

extension PlacementReport.Shortage {
    public var message: String {
        let what = topologyKey.map { "free island\(plural(needed)) of \($0)" } ?? "place\(plural(needed)) for its pods"
        let size =
            "\(seatsPerJob) pod\(plural(seatsPerJob))"
            + (devices.map { " with \($0.count) \($0.vendor.resourceName) each" } ?? "")
        let each = topologyKey == nil ? "" : " with room for \(size)"
        var text =
            "ReplicatedJob \(replicatedJob) needs \(needed) \(what)\(each): \(existing) exist\(existing == 1 ? "s" : ""), "
        text += "\(available) \(available == 1 ? "is" : "are") free"
        if !obstacles.isEmpty { text += "; " + obstacles.map(\.message).joined(separator: "; ") }
        return text + "."
    }
}

extension PlacementReport.Obstacle {
    var message: String {
        let names = examples.joined(separator: ", ") + (count > examples.count ? ", ..." : "")
        return switch cause {
        case .held(let owner): "\(count) held by JobSet \(owner) (\(names))"
        case .inUse: "\(count) used by other pods (\(names))"
        case .hostsNotReady: "\(count) with hosts that are not ready (\(names))"
        case .cordoned: "\(count) with cordoned hosts (\(names))"
        case .selectorMismatch: "\(count) not matching the nodeSelector (\(names))"
        case .tooFewDevices: "\(count) with too few free devices (\(names))"
        case .tooFewHosts: "\(count) too small (\(names))"
        }
    }
}

func plural(_ count: Int) -> String { count == 1 ? "" : "s" }
