import AtollModel

/// The hosts that new pods may share, kept by emptiness, so that a job that takes a few looks at few.
///
/// A host stands, as its rank in the order of names, on one shelf for pods without devices, and on one for each vendor
/// of which it has free devices. A shelf holds hosts that are alike. Shelves are few, as hosts are: up to one for each
/// number of seats and of free devices, of a bit for each host.
struct OpenHosts: Equatable, Sendable {
    fileprivate struct Kind: Equatable, Sendable {
        /// Nil on shelves for pods without devices.
        let vendor: AcceleratorVendor?
        /// Pods that are there.
        let seatCount: Int
        /// Devices that are free.
        let free: Int
    }

    fileprivate struct Shelf: Equatable, Sendable {
        let kind: Kind
        var ranks: RankSet
    }

    /// In the order of their kinds; none is empty.
    private var shelves: [Shelf] = []
    /// How many ranks there are.
    private let bound: Int

    init(below bound: Int) { self.bound = bound }

    /// Puts a host where it belongs; one that is not open belongs nowhere.
    mutating func insert(_ rank: Int, _ room: HostRoom) {
        guard room.isOpen else { return }
        insert(rank, Kind(vendor: nil, seatCount: room.seatCount, free: 0))
        for vendor in AcceleratorVendor.allCases where room.free[vendor] > 0 {
            insert(rank, Kind(vendor: vendor, seatCount: room.seatCount, free: room.free[vendor]))
        }
    }

    /// - Parameter room: as it was when the host was put in.
    mutating func remove(_ rank: Int, _ room: HostRoom) {
        guard room.isOpen else { return }
        remove(rank, Kind(vendor: nil, seatCount: room.seatCount, free: 0))
        for vendor in AcceleratorVendor.allCases where room.free[vendor] > 0 {
            remove(rank, Kind(vendor: vendor, seatCount: room.seatCount, free: room.free[vendor]))
        }
    }

    private mutating func insert(_ rank: Int, _ kind: Kind) {
        let index = place(of: kind)
        if index == shelves.count || shelves[index].kind != kind {
            shelves.insert(Shelf(kind: kind, ranks: RankSet(below: bound)), at: index)
        }
        shelves[index].ranks.insert(rank)
    }

    private mutating func remove(_ rank: Int, _ kind: Kind) {
        let index = place(of: kind)
        precondition(
            index < shelves.count && shelves[index].kind == kind,
            "host of rank \(rank) is on no shelf \(kind)"
        )
        shelves[index].ranks.remove(rank)
        if shelves[index].ranks.isEmpty { shelves.remove(at: index) }
    }

    private func place(of kind: Kind) -> Int { shelves.partitioned { $0.kind < kind } }

    /// Ranks of the hosts that have devices for at least one pod, those with the fewest seats taken first, then in the
    /// order of their names.
    ///
    /// - Parameter need: of one pod; nil when it needs none.
    func emptiest(for need: PlacementRequest.DeviceNeed?) -> Walk {
        let first = place(of: Kind(vendor: need?.vendor, seatCount: 0, free: 0))
        let ofVendor = shelves[first...].prefix { $0.kind.vendor == need?.vendor }
        return Walk(shelves: ofVendor, devices: need?.count ?? 0)
    }

    /// Reads shelves of equally many seats side by side.
    struct Walk: Sequence, IteratorProtocol {
        /// Those that were not reached yet.
        private var shelves: ArraySlice<Shelf>
        private let devices: Int
        /// Shelves that are being read, and the next rank of each.
        private var current: [(ranks: RankSet, next: Int)] = []

        fileprivate init(shelves: ArraySlice<Shelf>, devices: Int) {
            self.shelves = shelves
            self.devices = devices
        }

        mutating func next() -> Int? {
            while current.isEmpty {
                guard let seatCount = shelves.first?.kind.seatCount else { return nil }
                open(seatCount)
            }
            var least = 0
            for index in current.indices where current[index].next < current[least].next { least = index }
            let rank = current[least].next
            if let next = current[least].ranks.next(from: rank + 1) {
                current[least].next = next
            } else {
                current.remove(at: least)
            }
            return rank
        }

        /// Begins with the shelves of so many seats.
        private mutating func open(_ seatCount: Int) {
            while let shelf = shelves.first, shelf.kind.seatCount == seatCount {
                shelves.removeFirst()
                guard shelf.kind.free >= devices, let first = shelf.ranks.next(from: 0) else { continue }
                current.append((shelf.ranks, first))
            }
        }
    }
}

extension OpenHosts.Kind: Comparable {
    static func < (left: Self, right: Self) -> Bool {
        (left.vendorOrder, left.seatCount, left.free) < (right.vendorOrder, right.seatCount, right.free)
    }

    private var vendorOrder: Int { vendor.map { $0.lane + 1 } ?? 0 }
}
