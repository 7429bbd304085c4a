import AtollCore
import AtollJobSet
import AtollModel

/// Looked at whenever a batch has become durable.
extension Checker {
    mutating func committed(_ batch: [StoreChange], in world: SimWorld) {
        let (store, people, now) = (world.store, world.people, world.now)
        for change in batch {
            switch change {
            case .put(.jobSet(let record)) where store.jobSets[record.name] == record:
                checkPlacement(of: record, store: store, people: people, at: now)
                checkIslands(of: record, store: store, at: now)
                checkCordons(of: record, people: people, at: now)
                if people[record.name] == nil { broken(.nothingLost, at: now, "\(record.name) was only tried") }
            case .delete(.jobSet(let name)):
                checkDeletion(of: name, people: people, at: now)
                placements[name] = nil
            case .put, .delete: break
            }
        }
    }

    /// I2: all places or none; a JobSet that has ended gives them back job by job, and a job that left a lost host waits
    /// for another. I4: places are given back when no process is left.
    private mutating func checkPlacement(
        of record: JobSetRecord,
        store: SimStore,
        people: SimOperator,
        at now: Int64
    ) {
        let held = (record.placement?.placed ?? []) + store.placesLeft(by: record.name)
        let seats = Set(held.flatMap { $0.seats.map(\.host) })
        let stranger = processes.live.first {
            $0.uid == record.uid && !seats.contains($0.hostName)
        }
        if let stranger {
            let evidence = "\(record.name) gave a place back while \(stranger.id) runs on host \(stranger.host)"
            broken(.unreachableIsNotFree, at: now, evidence)
        }
        guard let placement = record.placement else { return }
        guard let jobSet = people[record.name]?.jobSet else { return }
        for (members, job) in zip(placement.jobs, jobSet.spec.replicatedJobs) {
            let seats = Int(min(job.template.parallelism, job.template.completions ?? .max))
            let isWhole =
                members.count == Int(job.replicas)
                && members.compactMap(\.self).allSatisfy {
                    $0.seats.count == seats && ($0.island != nil) == jobSet.isExclusive(job)
                }
            if !isWhole { broken(.gang, at: now, "\(record.name) is placed in part: \(job.name)") }
        }
    }

    /// A place that is new is not on a host that people keep free.
    private mutating func checkCordons(of record: JobSetRecord, people: SimOperator, at now: Int64) {
        defer { placements[record.name] = record.placement }
        guard !people.cordoned.isEmpty, let placement = record.placement else { return }
        let before = placements[record.name]
        for number in placement.jobs.indices {
            for (index, place) in placement.jobs[number].enumerated() {
                guard let place, before?.jobs[number][index] != place,
                    let host = place.seats.map(\.host).first(where: people.cordoned.contains)
                else { continue }
                broken(.cordoned, at: now, "\(record.name) is given a place on \(host), which is cordoned")
            }
        }
    }

    private mutating func checkIslands(of record: JobSetRecord, store: SimStore, at now: Int64) {
        let islands = record.placement?.islands ?? []
        if Set(islands).count != islands.count { broken(.exclusive, at: now, "\(record.name) claims an island twice") }
        for other in store.jobSets.values where other.name != record.name {
            guard let shared = other.placement?.islands.first(where: islands.contains) else { continue }
            broken(.exclusive, at: now, "\(shared) is claimed by \(record.name) and \(other.name)")
        }
    }

    private mutating func checkDeletion(of name: ObjectName, people: SimOperator, at now: Int64) {
        if let process = processes.live.first(where: { $0.jobSet == name }) {
            broken(.unreachableIsNotFree, at: now, "\(name) is gone while \(process.id) runs on host \(process.host)")
        }
        guard let known = people[name] else { return }
        if !known.isDeleteAsked && known.jobSet.spec.ttlSecondsAfterFinished == nil {
            broken(.nothingLost, at: now, "\(name) is removed and nobody asked for it")
        }
    }
}
