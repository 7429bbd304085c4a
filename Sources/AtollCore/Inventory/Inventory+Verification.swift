import AtollModel

/// After a restore from a backup hosts may run pods that were started since, and that the store knows nothing of. Until
/// a host has reported, and such pods have ended, nothing starts on it or on an island of which it is a part (I1).
extension Inventory {
    /// - Parameter restoredAt: the epoch of the last restore; nil when there was none.
    mutating func setVerified(_ epoch: Epoch?, slot: Int, since restoredAt: Epoch?) {
        let wasUnverified = hosts[slot].isUnverified
        let isUnverified = restoredAt.map { (epoch ?? Epoch(0)) < $0 } ?? false
        update(slot) {
            $0.verified = epoch
            $0.isUnverified = isUnverified
        }
        unverifiedCount += (isUnverified ? 1 : 0) - (wasUnverified ? 1 : 0)
    }

    /// True while nothing may start on a host.
    func isHeldUp(_ slot: Int) -> Bool {
        unverifiedCount > 0 && neighbours(of: slot).contains { hosts[$0].isUnverified }
    }

    /// The host itself and all with which it shares an island of a key that is at hand: claimed keys are.
    func neighbours(of slot: Int) -> Set<Int> {
        levels.reduce(into: [slot]) { found, level in
            guard let value = hosts[slot].facts.labels[level.key] else { return }
            found.formUnion(level.value[value])
        }
    }
}
