public import AtollModel

/// A place for one pod: a host, and the devices on it that the pod is given.
public struct Seat: Equatable, Sendable, Codable {
    public var host: HostID
    /// Ascending; empty for a pod without devices.
    public var devices: [UInt32]

    public init(host: HostID, devices: [UInt32] = []) {
        self.host = host
        self.devices = devices
    }
}

/// An island: all the hosts with one value under a topology key.
public struct IslandID: Hashable, Comparable, Sendable, Codable, CustomStringConvertible {
    public var key: String
    public var value: String

    public init(key: String, value: String) {
        self.key = key
        self.value = value
    }

    public var description: String { "\(key)=\(value)" }

    public static func < (left: IslandID, right: IslandID) -> Bool {
        left.key == right.key ? NaturalOrder.precedes(left.value, right.value) : left.key < right.key
    }
}

/// Where all pods of one JobSet go: the immutable outcome of planning, complete enough that starting makes no choice.
public struct Placement: Equatable, Sendable, Codable {
    public struct Job: Equatable, Sendable, Codable {
        /// The island this job holds exclusively; nil without exclusive placement.
        public var island: IslandID?
        /// One for each pod that may run at a time, in index order.
        public var seats: [Seat]

        public init(island: IslandID?, seats: [Seat]) {
            self.island = island
            self.seats = seats
        }
    }

    /// By ReplicatedJob in spec order, then by job index. Nil for a job that left its place because a host there is
    /// lost, until another place is found.
    public var jobs: [[Job?]]

    public init(jobs: [[Job?]]) { self.jobs = jobs }

    public subscript(position: JobPosition) -> Job? {
        get { jobs[position.replicatedJob][position.index] }
        set { jobs[position.replicatedJob][position.index] = newValue }
    }

    /// Jobs that have a place, in order.
    public var placed: [Job] { jobs.joined().compactMap(\.self) }

    public var seatCount: Int { placed.reduce(0) { $0 + $1.seats.count } }

    /// The islands held, in job order.
    public var islands: [IslandID] { placed.compactMap(\.island) }

    /// Jobs of each ReplicatedJob that need a place.
    var vacancies: [Int] { jobs.map { $0.count { $0 == nil } } }

    var isComplete: Bool { vacancies.allSatisfy { $0 == 0 } }

    /// Takes over the places found for the vacancies, in order.
    mutating func fill(with found: Placement) {
        for number in jobs.indices {
            var places = found.jobs[number][...]
            for index in jobs[number].indices where jobs[number][index] == nil {
                jobs[number][index] = places.popFirst() ?? nil
            }
        }
    }
}
