import AtollModel
import AtollTestSupport

@testable import AtollCore

/// A few hosts and what happens to them and on them, at random: all that a placement may depend on.
struct RandomCluster {
    private(set) var inventory = Inventory()
    let limits = Limits.tiny
    private var random: SplitMix64
    /// What is placed, and not released yet.
    private var placed: [(place: Placement.Job, holder: Claims.Holder)] = []
    private var nextHolder = 0
    private let names: [String]

    private static let keys = ["block", "rack"]
    private static let vendors: [AcceleratorVendor] = [.nvidia, .nvidia, .amd]

    init(seed: UInt64) {
        random = SplitMix64(seed: seed)
        names = ["h1", "h02", "h2", "h10", "h9", "g3", "h", "h100", "i0", "h20", "h3", "g12"].shuffled(using: &random)
    }

    // MARK: What happens

    mutating func step() {
        guard inventory.count > 2, !isRare(8) || inventory.count == names.count else { return join() }
        let slot = number(inventory.count)
        switch number(8) {
        case 0: report(slot)
        case 1: inventory.update(slot) { $0.link = .lost(since: Timestamp(nanoseconds: 0), evidence: "") }
        case 2: inventory.update(slot) { $0.cordon = nil }
        case 3: inventory.update(slot) { $0.cordon = Cordon(reason: "", since: Timestamp(nanoseconds: 0)) }
        case 4: haunt(slot)
        case 5: release()
        default: inventory.update(slot) { $0.link = .synced(SessionID(1)) }
        }
    }

    private mutating func join() {
        let facts = HostFacts(host: HostID(names[inventory.count]), address: "")
        let slot = inventory.add(facts, instance: nil, link: .neverConnected)
        guard !isRare(4) else { return }
        report(slot)
        inventory.update(slot) { $0.link = .synced(SessionID(1)) }
    }

    private mutating func report(_ slot: Int) {
        var facts = HostFacts(host: inventory[slot].id, address: "", agentVersion: "1")
        for key in Self.keys where !isRare(6) { facts.labels[key] = isRare(20) ? "" : "\(number(4))" }
        facts.devices = (0..<number(5)).map { index in
            Device(
                index: UInt32(index),
                vendor: Self.vendors[number(3)],
                model: "",
                usable: !isRare(5)
            )
        }
        inventory.report(facts, slot: slot)
    }

    private mutating func haunt(_ slot: Int) {
        let pod = PodID(job: JobID(rawValue: 1), index: 0, replacement: 0)
        switch number(4) {
        case 0: inventory.setVerified(nil, slot: slot, since: Epoch(1))
        case 1: inventory.update(slot) { $0.strays = [pod] }
        default:
            inventory.setVerified(Epoch(1), slot: slot, since: Epoch(1))
            inventory.update(slot) { $0.strays = [] }
        }
    }

    mutating func hold(_ placement: Placement) {
        for place in placement.placed {
            let holder = Claims.Holder(jobSet: ObjectName(name: "js"), job: "job-\(nextHolder)")
            nextHolder += 1
            if let island = place.island, inventory.claims[island] == nil { inventory.claim(island, for: holder) }
            for seat in place.seats { inventory.reserve(seat) }
            placed.append((place, holder))
        }
    }

    private mutating func release() {
        guard !placed.isEmpty else { return }
        let (place, holder) = placed.remove(at: number(placed.count))
        for seat in place.seats { inventory.release(seat) }
        if let island = place.island, inventory.claims[island] == holder { inventory.release(island) }
    }

    // MARK: What is asked for

    mutating func request() -> PlacementRequest {
        var request = PlacementRequest(.example("js", []))
        request.classes = (0...number(3)).map { jobClass($0) }
        let islands = placed.compactMap(\.place.island)
        if !islands.isEmpty, isRare(4) {
            var job = jobClass(9)
            (job.replicas, job.topologyKey) = (1, nil)
            let position = JobPosition(replicatedJob: 0, index: 0)
            job.growth = .init(position: position, island: islands[number(islands.count)], seats: job.seats)
            request.classes.append(job)
        }
        inventory.prepare(request.exclusiveKeys)
        return request
    }

    private mutating func jobClass(_ number: Int) -> PlacementRequest.JobClass {
        PlacementRequest.JobClass(
            replicatedJob: "job-\(number)",
            replicas: self.number(3),
            seats: self.number(5),
            topologyKey: isRare(2) ? Self.keys[self.number(2)] : nil,
            nodeSelector: isRare(5) ? ["rack": "\(self.number(4))"] : [:],
            devices: isRare(3) ? nil : .init(vendor: Self.vendors[self.number(3)], count: 1 + self.number(2))
        )
    }

    // MARK: Chance

    mutating func number(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &random) }

    /// True one time out of so many.
    mutating func isRare(_ times: Int) -> Bool { number(times) == 0 }
}
