public import AtollModel

/// All volume claims, who uses them, and which of them are on their way out.
///
/// Transitions of one claim: bound -> terminating (its JobSet is gone, or a person said so) -> removing (no JobSet uses
/// it any more: every host that may have a folder of it is told to delete that) -> gone (each has said that it has none).
/// Which hosts have said so is not stored: after a restart all are asked again, and say it again.
public struct VolumeClaims: Equatable, Sendable {
    private var claims: [ObjectName: VolumeClaim] = [:]
    /// Hosts that were told to run a pod that mounts a claim; what `VolumeClaim.hosts` is written from.
    private var hosts: [ObjectName: Set<HostID>] = [:]
    /// JobSets that name a claim and may have pods, now or later.
    private var users: [ObjectName: Set<ObjectName>] = [:]
    /// Terminating claims that should be looked at: somebody has stopped to use them.
    private var due = OrderedNames()
    /// Hosts that have not yet said that they have no folder of a claim that is being removed.
    private var awaited: [ObjectUID: Set<HostID>] = [:]
    private var names: [ObjectUID: ObjectName] = [:]
    /// JobSets that could not get their claims, in the order they tried.
    private var wanting = OrderedNames()
    /// Claims to be written again, or deleted, at the end of this round.
    private var unsaved = OrderedNames()

    public var count: Int { claims.count }

    public subscript(name: ObjectName) -> VolumeClaim? { claims[name] }

    /// In order of their names.
    public var all: [VolumeClaim] { claims.keys.sorted().compactMap(record(of:)) }

    /// As it is stored.
    func record(of name: ObjectName) -> VolumeClaim? {
        guard var claim = claims[name] else { return nil }
        claim.hosts = (hosts[name] ?? []).sorted()
        return claim
    }

    /// Those who keep a claim from being removed, in order of their names.
    public func users(of claim: ObjectName) -> [ObjectName] { (users[claim] ?? []).sorted() }

    mutating func restore(_ claim: VolumeClaim) {
        claims[claim.name] = claim
        hosts[claim.name] = Set(claim.hosts)
        if claim.isTerminating { due.insert(claim.name) }
    }

    // MARK: Bound

    mutating func add(_ claim: VolumeClaim) {
        precondition(claims[claim.name] == nil, "claim \(claim.name) is made a second time")
        claims[claim.name] = claim
        unsaved.insert(claim.name)
    }

    mutating func use(_ names: [ObjectName], by jobSet: ObjectName) {
        for name in names { users[name, default: []].insert(jobSet) }
    }

    /// A JobSet has no pod left and will have none.
    mutating func release(_ names: [ObjectName], by jobSet: ObjectName) {
        for name in names where users[name]?.remove(jobSet) != nil {
            guard users[name]?.isEmpty == true else { continue }
            users[name] = nil
            if claims[name]?.isTerminating == true { due.insert(name) }
        }
    }

    /// Pods that mount the claim are about to be told to these hosts.
    mutating func mount(_ name: ObjectName, on hosts: some Sequence<HostID>) {
        guard claims[name] != nil else { return }
        for host in hosts where self.hosts[name, default: []].insert(host).inserted { unsaved.insert(name) }
    }

    /// A JobSet looks again when there is room for more claims.
    mutating func noteWanting(_ jobSet: ObjectName) { wanting.insert(jobSet) }

    // MARK: Terminating

    mutating func delete(_ name: ObjectName, at time: Timestamp) {
        guard claims[name]?.isTerminating == false else { return }
        claims[name]?.deletedAt = time
        unsaved.insert(name)
        due.insert(name)
    }

    /// Terminating claims that nobody uses, and whose removal has not begun.
    mutating func takeRemovable() -> [VolumeClaim] {
        due.take().compactMap { name in
            guard let claim = record(of: name), claim.isTerminating, users[name] == nil, awaited[claim.uid] == nil
            else { return nil }
            return claim
        }
    }

    /// - Parameter hosts: those that have to say that they have no folder of it.
    mutating func beginRemoval(of claim: VolumeClaim, on hosts: [HostID]) {
        guard !hosts.isEmpty else { return end(claim.name) }
        awaited[claim.uid] = Set(hosts)
        names[claim.uid] = claim.name
    }

    /// Hosts that a claim waits for, in order of their names.
    public func awaitedHosts(of claim: VolumeClaim) -> [HostID] { (awaited[claim.uid] ?? []).sorted() }

    /// A host has no folder of the claim, or does not count any more.
    mutating func removed(_ uid: ObjectUID, from host: HostID) {
        guard let name = names[uid], awaited[uid]?.remove(host) != nil, awaited[uid]?.isEmpty == true else { return }
        awaited[uid] = nil
        names[uid] = nil
        end(name)
    }

    private mutating func end(_ name: ObjectName) {
        claims[name] = nil
        hosts[name] = nil
        unsaved.insert(name)
    }

    // MARK: Saving

    mutating func takeUnsaved() -> [ObjectName] { unsaved.take() }

    mutating func setResourceVersion(_ version: UInt64, of name: ObjectName) { claims[name]?.resourceVersion = version }

    /// JobSets for which there may be room now.
    mutating func takeWanting() -> [ObjectName] { wanting.take() }
}
