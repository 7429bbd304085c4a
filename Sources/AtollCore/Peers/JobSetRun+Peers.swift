import AtollJobSet
import AtollModel

/// The peers of a JobSet's pods, kept until they may have become others.
struct KnownPeers: Equatable, Sendable {
    var list: PeerList
    var source: Source

    /// What the list was made from: as long as none of these has changed, it is the same.
    struct Source: Equatable, Sendable {
        var placementChanges: UInt64
        var seatingChanges: UInt64
        var addressChanges: UInt64
    }
}

extension JobSetRun {
    var podTotal: Int { spec.replicatedJobs.reduce(0) { $0 + Int($1.replicas) * $1.template.podCount } }

    /// Where the pods of this JobSet are reached. With `wantsAll` false, every job is given by its pod 0 alone.
    mutating func peers(in inventory: Inventory, wantsAll: Bool) -> KnownPeers {
        let source = KnownPeers.Source(
            placementChanges: placementChanges,
            seatingChanges: seatingChanges,
            addressChanges: inventory.addressChanges
        )
        if let knownPeers, knownPeers.source == source {
            assert(knownPeers.list == peerList(in: inventory, wantsAll: wantsAll), "\(name): peers have changed unseen")
            return knownPeers
        }
        let peers = KnownPeers(list: peerList(in: inventory, wantsAll: wantsAll), source: source)
        knownPeers = peers
        return peers
    }

    /// One job with all of its pods.
    func wholeJob(at position: JobPosition, in inventory: Inventory) -> PeerTable.Job {
        peers(at: position, in: inventory, podsMax: .max)
    }

    /// Lets the pods that run already know of places that were found since they started.
    func tellPeersAgain(in cluster: inout Cluster) {
        for job in jobs.joined().compactMap(\.current) {
            for index in job.pods.indices where job.pods[index].mayRun {
                if let seat = job.seat(ofPod: index) { cluster.tellAgain(job.podID(index), on: seat) }
            }
        }
    }

    private func peerList(in inventory: Inventory, wantsAll: Bool) -> PeerList {
        let jobs = positions.map { position in
            peers(at: position, in: inventory, podsMax: wantsAll ? .max : 1)
        }
        return PeerList(PeerTable(jobSetUID: jobSet.metadata.uid, subdomain: subdomain, jobs: jobs))
    }

    private func peers(at position: JobPosition, in inventory: Inventory, podsMax: Int) -> PeerTable.Job {
        PeerTable.Job(
            name: jobName(position),
            addresses: addresses(at: position, in: inventory, podsMax: podsMax)
        )
    }

    /// Empty when the JobSet wants no names for its pods.
    var subdomain: String { spec.network.enableDNSHostnames ? jobSet.subdomain : "" }

    /// By pod index. A pod that has not started yet will sit on the seat of its own number, if there is one.
    private func addresses(at position: JobPosition, in inventory: Inventory, podsMax: Int) -> [String] {
        let planned = placement?[position]?.seats ?? []
        let job = self[position].current
        let count = spec.replicatedJobs[position.replicatedJob].template.podCount
        return (0..<min(count, podsMax)).map { index in
            let started = job.flatMap { index < $0.pods.count ? $0.seat(ofPod: index) : nil }
            guard let seat = started ?? (index < planned.count ? planned[index] : nil) else { return "" }
            return inventory[seat.host]?.facts.address ?? ""
        }
    }
}
