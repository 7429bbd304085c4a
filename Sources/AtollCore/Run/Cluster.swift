import AtollJobSet
public import AtollModel

/// What all JobSets share: hosts, claims, the agenda and the ids. Handed to each machine as `inout` context.
public struct Cluster: Equatable, Sendable {
    public let limits: Limits
    public let policy: CoordinatorPolicy
    public internal(set) var epoch: Epoch
    /// When the coordinator took its first decision; nil before.
    var startedAt: Instant?
    public internal(set) var inventory: Inventory
    public internal(set) var volumeClaims = VolumeClaims()
    var agenda = Agenda()
    var ids: IDSource
    /// Grows with every change of an object: the source of `resourceVersion`.
    public internal(set) var revision: UInt64
    /// Set when the store was made from a backup; see `ClusterRecord.restoredAt`.
    let restoredAt: Epoch?
    /// Which JobSet and child job an incarnation belongs to.
    var owners: [JobID: JobOwner] = [:]
    /// Grows whenever room may have become free: those who wait should look again.
    var freedom: UInt64 = 1

    struct JobOwner: Equatable, Sendable {
        var jobSet: ObjectName
        var position: JobPosition
    }

    public var claims: Claims { inventory.claims }

    mutating func nextRevision() -> UInt64 {
        revision += 1
        return revision
    }

    // MARK: Pods on hosts

    /// Tells a pod's host to run it.
    mutating func run(_ pod: PodID, on seat: Seat, attempts: InPlaceAttempts?) {
        guard let slot = inventory.slot(of: seat.host) else { return }
        let assignment = PodAssignment(id: pod, goal: .run, devices: seat.devices, attempts: attempts)
        inventory.assign(assignment, slot: slot)
    }

    /// Tells a pod's host to stop it and to keep its output.
    mutating func stop(_ pod: PodID, on seat: Seat) {
        guard let slot = inventory.slot(of: seat.host) else { return }
        inventory.assign(PodAssignment(id: pod, goal: .stop, devices: seat.devices), slot: slot)
    }

    /// Tells a pod's host once more what it holds, with what has changed for it since.
    mutating func tellAgain(_ pod: PodID, on seat: Seat) {
        guard let slot = inventory.slot(of: seat.host) else { return }
        inventory.markUnsent(pod, slot: slot)
    }

    /// Takes note that a pod has ended.
    mutating func markEnded(_ pod: PodID, on seat: Seat) {
        guard let slot = inventory.slot(of: seat.host) else { return }
        inventory.markEnded(pod, slot: slot)
    }

    /// Tells a pod's host that nobody will ask about it again.
    mutating func forget(_ pod: PodID, on seat: Seat) {
        guard let slot = inventory.slot(of: seat.host) else { return }
        inventory.forget(pod, slot: slot)
    }

    // MARK: Seats and islands

    mutating func hold(_ place: Placement.Job, for holder: Claims.Holder) {
        if let island = place.island { inventory.claim(island, for: holder) }
        reserve(place.seats)
    }

    mutating func release(_ place: Placement.Job) {
        release(place.seats)
        if let island = place.island { inventory.release(island) }
    }

    mutating func reserve(_ seats: [Seat]) {
        for seat in seats { inventory.reserve(seat) }
    }

    mutating func release(_ seats: [Seat]) {
        for seat in seats { inventory.release(seat) }
        freedom += 1
    }
}

/// Makes ids that never repeat, from a seed and numbers that the store keeps.
struct IDSource: Equatable, Sendable {
    let jobIDPrefix: UInt64
    private(set) var nextJobNumber: UInt64
    /// Job numbers below this are covered by the stored record.
    var reservedUpTo: UInt64
    private var random: SplitMix64

    init(jobIDPrefix: UInt64, nextJobNumber: UInt64, random: SplitMix64) {
        self.jobIDPrefix = jobIDPrefix
        self.nextJobNumber = nextJobNumber
        reservedUpTo = nextJobNumber
        self.random = random
    }

    mutating func jobID() -> JobID {
        defer { nextJobNumber += 1 }
        return JobID(rawValue: jobIDPrefix << 40 | nextJobNumber)
    }

    /// A random UUID, version 4. RFC 9562, section 5.4.
    mutating func uid() -> ObjectUID {
        let high = random.next() & ~0xF000 | 0x4000
        let low = random.next() & ~(0b11 << 62) | (0b10 << 62)
        var text: [UInt8] = []
        text.reserveCapacity(36)
        for place in 0..<32 {
            if place == 8 || place == 12 || place == 16 || place == 20 { text.append(UInt8(ascii: "-")) }
            let digit = UInt8((place < 16 ? high : low) >> (60 - place % 16 * 4) & 0xF)
            text.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
        }
        return ObjectUID(String(decoding: text, as: UTF8.self))
    }

    /// Nil when name after name is taken.
    mutating func name(from base: String, isTaken: (String) -> Bool) -> String? {
        GeneratedName.name(from: base, random: &random, isTaken: isTaken)
    }
}
