public import AtollModel

/// How the coordinator stands with one agent.
///
/// Transitions: `reconnecting` or `lost` `-> greeted` (hello) `-> synced` (facts and the first complete status are in);
/// from both to `reconnecting` (the connection ended) or to `lost` (nothing was heard for the lease); from
/// `reconnecting` to `lost` when the grace is over.
public enum HostLink: Equatable, Sendable {
    /// The connection is gone, which says nothing about the pods: nothing new is placed here, and nothing is taken away.
    case reconnecting(Absence)
    /// Given up on, for the reason that the text gives. Its pods may still run (I4).
    case lost(since: Timestamp, evidence: String)
    case greeted(SessionID)
    case synced(SessionID)

    public struct Absence: Equatable, Sendable {
        /// Nil when there was no connection since the coordinator started, and until its first decision.
        public var since: Instant?
        /// When the host is lost.
        public var deadline: Instant?
        public var cause: String
    }

    public var isLost: Bool { if case .lost = self { true } else { false } }

    public var session: SessionID? {
        switch self {
        case .reconnecting, .lost: nil
        case .greeted(let session), .synced(let session): session
        }
    }
}

/// One host as the coordinator knows it.
public struct HostState: Equatable, Sendable {
    public internal(set) var facts: HostFacts
    public internal(set) var link: HostLink
    /// When anything last came from its agent.
    public internal(set) var lastHeard: Instant?
    /// Of a lost host with a pod lease: when its pods have ended by themselves.
    public internal(set) var opensAt: Instant?
    /// Which agent installation owns the name; nil when the next one will.
    var instance: ObjectUID?
    /// Seats that placements hold here.
    public internal(set) var seatCount = 0
    /// Indexes of usable devices that no placement holds, ascending.
    public private(set) var freeDevices: [UInt32] = []
    /// How many those are, by vendor.
    private(set) var freeCounts = DeviceCounts()
    /// Set where its devices are all usable, of one vendor and numbered from 0, as on nearly every host: nobody has to
    /// look at them one by one then.
    private var plainDevices: PlainDevices?
    /// Indexes of devices that placements hold, also while they are not usable.
    private var heldDevices: [UInt32] = []

    /// True from the hello with a new boot id to the first complete status: what it held before is gone.
    var hasRebooted = false
    /// True once its agent has reported facts on this connection.
    var hasReported = false
    /// How many changes of them have come since.
    var changeCount: UInt64 = 0
    /// Its devices in a few words, to compare it with other hosts: `8 x H100 SXM`.
    private(set) var equipment = ""
    /// What it should have; nil while that is what it has.
    var baseline: HostBaseline?
    /// Findings that a person has seen and uncordoned it for all that, as long as they last.
    var excused: [FindingID] = []
    /// True while the agenda holds a look at this host's lease.
    var isLeaseArmed = false
    /// What its agent is told to hold, whether or not it is connected.
    var desired: SortedMap<PodID, PodAssignment> = [:]
    /// Pods whose entry in `desired` changed or went since the last assignment.
    var unsent: [PodID] = []
    /// Pods that go on running and have only other attempts to be told since the last assignment.
    var unsentAttempts: [PodID] = []
    /// What its agent holds by what it was told on this connection.
    var told = ToldPlans()
    /// False for an agent of a release before there was `PeerList`.
    var readsPeerLists = false
    /// Claims whose folders it is told to delete.
    var removals: SortedMap<ObjectUID, VolumeClaimID> = [:]
    /// True when those changed since the last assignment.
    var areRemovalsUnsent = false
    /// The generation of the last assignment sent, on whichever connection: within our epoch it only grows.
    var generation = Generation(0)
    /// The newest generation that the agent said it holds.
    var confirmed = Generation(0)
    /// True while nothing was sent on this connection yet, so that the next assignment is the whole set.
    var needsWhole = true
    /// Pods in its first status on this connection.
    var reported: Set<PodID> = []

    public var id: HostID { facts.host }
    /// Pods that its agent reported alive and that should not exist: nothing new is placed here before they are gone.
    public internal(set) var strays: Set<PodID> = []

    /// True while it may run pods that the store, made from a backup, knows nothing of.
    var isUnverified = false
    /// The epoch in which it was last found to run none.
    var verified: Epoch?

    /// Set while a person keeps new pods away.
    public internal(set) var cordon: Cordon?

    public var isReady: Bool { if case .synced = link { strays.isEmpty } else { false } }

    /// True when new pods may be placed here.
    public var isSchedulable: Bool { isReady && cordon == nil }

    /// True when nothing should be started here, whoever has a seat.
    var isShunned: Bool { cordon != nil || link.isLost }

    /// What the store keeps.
    var record: HostRecord {
        HostRecord(
            facts: facts,
            instance: instance,
            cordon: cordon,
            verified: verified,
            baseline: baseline,
            excused: excused.isEmpty ? nil : excused
        )
    }

    /// False until its agent has reported for the first time.
    var isDescribed: Bool { !facts.agentVersion.isEmpty }

    init(facts: HostFacts, instance: ObjectUID?, link: HostLink) {
        self.facts = facts
        self.instance = instance
        self.link = link
        equipment = facts.equipment
        plainDevices = PlainDevices(facts.devices)
        countFreeDevices()
    }

    /// - Parameter levels: the topology keys.
    mutating func report(_ facts: HostFacts, levels: [String]) {
        if isDescribed {
            let raised = (baseline ?? HostBaseline(self.facts)).raised(to: facts, levels: levels)
            baseline = raised == HostBaseline(facts) ? nil : raised
        }
        self.facts = facts
        equipment = facts.equipment
        plainDevices = PlainDevices(facts.devices)
        countFreeDevices()
    }

    private mutating func countFreeDevices() {
        freeDevices.removeAll(keepingCapacity: true)
        freeCounts = DeviceCounts()
        for position in facts.devices.indices where facts.devices[position].usable {
            let index = facts.devices[position].index
            guard !heldDevices.contains(index) else { continue }
            freeDevices.append(index)
            freeCounts[facts.devices[position].vendor] += 1
        }
    }

    /// Free devices of one vendor among those of several, ascending.
    func freeDevices(amongSeveral vendor: AcceleratorVendor) -> [UInt32] {
        freeDevices.filter { index in position(ofDevice: index).map { facts.devices[$0].vendor == vendor } ?? false }
    }

    /// False for a device that is not there as well.
    func isUsable(device index: UInt32) -> Bool {
        if let plainDevices { return index < plainDevices.count }
        return position(ofDevice: index).map { facts.devices[$0].usable } ?? false
    }

    private func position(ofDevice index: UInt32) -> Int? {
        // A host numbers its devices from 0 without gaps, unless it is odd.
        let position = Int(index)
        if position < facts.devices.count, facts.devices[position].index == index { return position }
        return facts.devices.firstIndex { $0.index == index }
    }

    /// Takes a seat that a placement holds here from now on.
    mutating func reserve(_ seat: Seat) {
        seatCount += 1
        guard !seat.devices.isEmpty else { return }
        heldDevices += seat.devices
        guard let plainDevices else { return countFreeDevices() }
        freeDevices.removeAll(where: seat.devices.contains)
        freeCounts[plainDevices.vendor] = freeDevices.count
    }

    /// Gives back a seat that a placement has held here.
    mutating func release(_ seat: Seat) {
        seatCount -= 1
        precondition(seatCount >= 0, "seat \(seat) was released twice")
        guard !seat.devices.isEmpty else { return }
        heldDevices.removeAll(where: seat.devices.contains)
        countFreeDevices()
    }

    func matches(_ selector: Labels) -> Bool {
        selector.allSatisfy { facts.labels[$0.0] == $0.1 }
    }
}

private struct PlainDevices: Equatable, Sendable {
    let vendor: AcceleratorVendor
    let count: UInt32

    init?(_ devices: [Device]) {
        guard let vendor = devices.first?.vendor else { return nil }
        for position in devices.indices {
            guard devices[position].usable, devices[position].vendor == vendor,
                devices[position].index == UInt32(position)
            else { return nil }
        }
        self.vendor = vendor
        count = UInt32(devices.count)
    }
}

extension HostFacts {
    /// `8 x H100 SXM`, in the order of the models' names where there are several.
    fileprivate var equipment: String {
        guard let model = devices.first?.model else { return "no devices" }
        // By position: a device is large, and a copy of it not cheap.
        if devices.indices.allSatisfy({ devices[$0].model == model }) { return "\(devices.count) x \(model)" }
        var counts: SortedMap<String, Int> = [:]
        for device in devices { counts[device.model] = (counts[device.model] ?? 0) + 1 }
        return counts.map { "\($1) x \($0)" }.joined(separator: " and ")
    }
}
