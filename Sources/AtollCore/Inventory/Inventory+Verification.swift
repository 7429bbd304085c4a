import AtollModel

/// After a restore from a backup hosts may run pods that were started since, and that the store knows nothing of. Until
/// a host has reported, and such pods have ended, nothing starts on it or on an island of which it is a part (I1).
extension Inventory {
    /// What was held up starts once nothing stands in its way any more.
    ///
    /// - Parameter restoredAt: the epoch of the last restore; nil when there was none.
    mutating func setVerified(_ epoch: Epoch?, slot: Int, since restoredAt: Epoch?) {
        if hosts[slot].isUnverified { tellAll([slot]) }
        leaveIslands(slot)
        update(slot) {
            $0.verified = epoch
            $0.isUnverified = restoredAt.map { (epoch ?? Epoch(0)) < $0 } ?? false
        }
        enterIslands(slot)
    }

    /// True while nothing may start on a host.
    func isHeldUp(_ slot: Int) -> Bool {
        hosts[slot].isUnverified
            || levels.contains { level in
                guard level.hasUnverified, let value = hosts[slot].facts.labels[level.key] else { return false }
                return level.hasUnverified(in: value)
            }
    }

    /// Counts an unverified host in where it is now.
    mutating func enterIslands(_ slot: Int) {
        guard hosts[slot].isUnverified else { return }
        for index in levels.indices {
            if let value = hosts[slot].facts.labels[levels[index].key] { levels[index].addUnverified(in: value) }
        }
    }

    /// Counts an unverified host out where it was; islands without any other are held up no longer.
    mutating func leaveIslands(_ slot: Int) {
        guard hosts[slot].isUnverified else { return }
        for index in levels.indices {
            guard let value = hosts[slot].facts.labels[levels[index].key],
                levels[index].removeUnverified(in: value)
            else { continue }
            tellAll(levels[index][value])
        }
    }

    private mutating func tellAll(_ slots: [Int]) {
        for slot in slots {
            update(slot) { $0.needsWhole = true }
            markUnsent(slot)
        }
    }
}
