/// A `PeerTable` in few bytes, as many hosts are told the same one. What it says stays packed until somebody wants to
/// know.
public struct PeerList: Equatable, Sendable {
    public var jobSetUID: ObjectUID
    public var subdomain: String
    /// Of all jobs, in the table's order.
    public var names: AlikeTexts
    /// How many pods of each job are given an address: its first ones.
    public var podCounts: [UInt32]
    /// Of those pods, job after job; empty text for a pod that has no host yet.
    public var addresses: AlikeTexts
    /// Jobs with more of their pods than above, in place of those of the same name.
    public var wholeJobs: [PeerTable.Job]

    public init(
        jobSetUID: ObjectUID,
        subdomain: String,
        names: AlikeTexts,
        podCounts: [UInt32],
        addresses: AlikeTexts,
        wholeJobs: [PeerTable.Job] = []
    ) {
        self.jobSetUID = jobSetUID
        self.subdomain = subdomain
        self.names = names
        self.podCounts = podCounts
        self.addresses = addresses
        self.wholeJobs = wholeJobs
    }

    public init(_ table: PeerTable) {
        self.init(
            jobSetUID: table.jobSetUID,
            subdomain: table.subdomain,
            names: AlikeTexts(table.jobs.lazy.map(\.name)),
            podCounts: table.jobs.map { UInt32($0.addresses.count) },
            addresses: AlikeTexts(table.jobs.lazy.flatMap(\.addresses))
        )
    }

    public var table: PeerTable {
        var rest = addresses.makeIterator()
        let jobs = zip(names, podCounts).map { name, count in
            var addresses: [String] = []
            while addresses.count < count, let address = rest.next() { addresses.append(address) }
            return wholeJobs.first { $0.name == name } ?? PeerTable.Job(name: name, addresses: addresses)
        }
        return PeerTable(jobSetUID: jobSetUID, subdomain: subdomain, jobs: jobs)
    }
}
