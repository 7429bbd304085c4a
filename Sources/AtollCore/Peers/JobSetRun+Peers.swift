import AtollJobSet
import AtollModel

extension JobSetRun {
    var podTotal: Int { spec.replicatedJobs.reduce(0) { $0 + Int($1.replicas) * $1.template.podCount } }

    /// Where the pods of this JobSet are reached. Jobs that `wantsAll` refuses are given by their pod 0 alone.
    func peerTable(in inventory: Inventory, wantsAll: (JobID) -> Bool) -> PeerTable {
        let jobs = positions.map { position in
            let all = self[position].current.map { wantsAll($0.id) } ?? true
            let addresses = addresses(at: position, in: inventory)
            return PeerTable.Job(name: jobName(position), addresses: all ? addresses : Array(addresses.prefix(1)))
        }
        return PeerTable(jobSetUID: jobSet.metadata.uid, subdomain: subdomain, jobs: jobs)
    }

    /// Empty when the JobSet wants no names for its pods.
    var subdomain: String { spec.network.enableDNSHostnames ? jobSet.subdomain : "" }

    /// By pod index. A pod that has not started yet will sit on the seat of its own number, if there is one.
    private func addresses(at position: JobPosition, in inventory: Inventory) -> [String] {
        let planned = placement?[position]?.seats ?? []
        let job = self[position].current
        return (0..<spec.replicatedJobs[position.replicatedJob].template.podCount).map { index in
            let started = job.flatMap { index < $0.pods.count ? $0.seat(ofPod: index) : nil }
            guard let seat = started ?? (index < planned.count ? planned[index] : nil) else { return "" }
            return inventory[seat.host]?.facts.address ?? ""
        }
    }
}
