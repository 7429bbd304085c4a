import AtollModel

/// Islands, and who holds them.
extension Inventory {
    /// The islands under a key. Quick for a key that was prepared, else every host is looked at.
    public func level(_ key: String) -> IslandLevel {
        if let level = levels.first(where: { $0.key == key }) { return level }
        var values: [String: [Int]] = [:]
        for (slot, host) in hosts.enumerated() {
            if let value = host.facts.labels[key], !value.isEmpty { values[value, default: []].append(slot) }
        }
        return IslandLevel(key: key, values)
    }

    /// Keeps the islands of a key at hand from now on. Returns where they are.
    @discardableResult
    mutating func prepareLevel(_ key: String) -> Int {
        let index = levels.partitioned { $0.key < key }
        if index < levels.count, levels[index].key == key { return index }
        follow(key)
        levels.insert(level(key), at: index)
        for host in hosts where host.isUnverified {
            if let value = host.facts.labels[key] { levels[index].addUnverified(in: value) }
        }
        return index
    }

    /// Makes ready for a plan.
    ///
    /// - Parameter keys: those of which it may take islands.
    mutating func prepare(_ keys: [String]) {
        rankHosts()
        for key in keys {
            let index = prepareLevel(key)
            levels[index].findFree(rooms, order)
        }
    }

    /// Those of a key that was prepared.
    func freeIslands(_ key: String) -> FreeIslands {
        guard let free = level(key).free else { preconditionFailure("no plan was prepared for \(key)") }
        return free
    }

    // MARK: Claims

    mutating func claim(_ island: IslandID, for holder: Claims.Holder) {
        let index = prepareLevel(island.key)
        claims.claim(island, for: holder)
        addClaims(1, to: levels[index][island.value])
    }

    /// Nothing happens to an island that is not claimed.
    mutating func release(_ island: IslandID) {
        guard claims[island] != nil else { return }
        claims.release(island)
        addClaims(-1, to: level(island.key)[island.value])
    }
}
