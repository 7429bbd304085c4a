public import AtollModel

/// Which islands are held exclusively, and by which child job.
public struct Claims: Equatable, Sendable {
    /// The holder: a child job by its name, over all of its restarts.
    public struct Holder: Hashable, Sendable {
        public var jobSet: ObjectName
        public var job: String
    }

    private var holders: [IslandID: Holder] = [:]
    /// Topology keys with at least one claim, and how many, in key order.
    private var keysInUse: SortedMap<String, Int> = [:]

    public var count: Int { holders.count }

    /// Keys under which something is claimed, in key order.
    public var keys: [String] { keysInUse.keys }

    public subscript(island: IslandID) -> Holder? { holders[island] }

    /// The holder of an island that a host with these labels is in.
    public func holder(ofHostWith labels: Labels) -> Holder? {
        for key in keysInUse.keys {
            if let value = labels[key], let holder = holders[IslandID(key: key, value: value)] { return holder }
        }
        return nil
    }

    /// How many claimed islands a host with these labels is in.
    func count(aroundHostWith labels: Labels) -> Int {
        keysInUse.keys.count { key in labels[key].map { holders[IslandID(key: key, value: $0)] != nil } ?? false }
    }

    mutating func claim(_ island: IslandID, for holder: Holder) {
        precondition(
            holders[island] == nil,
            "\(island) is claimed by \(holders[island]?.job ?? ""), wanted by \(holder.job)"
        )
        holders[island] = holder
        keysInUse[island.key] = (keysInUse[island.key] ?? 0) + 1
    }

    mutating func release(_ island: IslandID) {
        guard holders.removeValue(forKey: island) != nil else { return }
        let left = (keysInUse[island.key] ?? 1) - 1
        keysInUse[island.key] = left == 0 ? nil : left
    }
}
