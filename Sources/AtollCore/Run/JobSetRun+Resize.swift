import AtollJobSet
import AtollModel

/// Elastic jobs: the size of an active Indexed job follows its template. The highest indexes go first, and what has
/// been counted stays so. Source: KEP-463 of JobSet, and the Job API's own elastic Indexed jobs.
extension JobSetRun {
    /// Level-triggered, for jobs that exist: one that is created has its size from the start.
    mutating func resizeJobs(at positions: [JobPosition], in cluster: inout Cluster, now: Instant) {
        for position in positions {
            let template = template(at: position)
            if let job = self[position].current, job.isActive, job.pods.count != template.podCount {
                resize(job, to: template, at: position, in: &cluster, now: now)
            }
            giveUpSeats(beyond: template.seats, at: position, in: &cluster)
        }
    }

    /// Jobs that have a place with fewer seats than they need now.
    var growths: [PlacementRequest.Growth] {
        guard let placement else { return [] }
        return placement.jobs.indices.flatMap { number in
            let wanted = spec.replicatedJobs[number].template.seats
            return placement.jobs[number].indices.compactMap { index -> PlacementRequest.Growth? in
                guard let place = placement.jobs[number][index], place.seats.count < wanted,
                    jobs[number][index].current?.isActive != false
                else { return nil }
                return PlacementRequest.Growth(
                    position: JobPosition(replicatedJob: number, index: index),
                    island: place.island,
                    seats: wanted - place.seats.count
                )
            }
        }
    }

    private mutating func resize(
        _ job: JobIncarnation,
        to template: JobSpec,
        at position: JobPosition,
        in cluster: inout Cluster,
        now: Instant
    ) {
        var job = job
        let size = template.podCount
        let before = job
        if job.pods.count < size {
            job.pods.grow(to: size)
        } else {
            for index in job.pods.indices.dropFirst(size) { stopPod(index, of: &job, at: position, in: &cluster) }
            job.dropIdlePods(beyond: size, in: &cluster)
        }
        guard job != before else { return }
        let cause = job.causeOfFailure(under: template)
        if cause == nil, job.hasSucceeded(template) { job.outcome = .complete(at: now.wall) }
        self[position].current = job
        unsaved.jobs.append(position)
        if let cause { fail(position, cause, in: &cluster, at: now) }
    }

    /// Gives seats back that no pod has any more.
    private mutating func giveUpSeats(beyond count: Int, at position: JobPosition, in cluster: inout Cluster) {
        guard let place = placement?[position], place.seats.count > count, !isOccupied(position) else { return }
        var kept = Array(place.seats.indices.prefix(count))
        if var job = self[position].current, job.pods.contains(where: \.mayRun) {
            guard let moved = job.keepSeats(count, of: place.seats) else { return }
            kept = moved
            self[position].current = job
            unsaved.jobs.append(position)
        }
        cluster.release(place.seats.indices.filter { !kept.contains($0) }.map { place.seats[$0] })
        placement?[position]?.seats = kept.map { place.seats[$0] }
        unsaved.jobSet = true
    }
}

extension JobIncarnation {
    /// The highest indexes, as far as nothing of them is left.
    fileprivate mutating func dropIdlePods(beyond size: Int, in cluster: inout Cluster) {
        while pods.count > size, let last = pods.last, !last.mayRun {
            if let seat = seat(ofPod: pods.count - 1) { cluster.forget(podID(pods.count - 1), on: seat) }
            pods.removeLast()
        }
    }

    /// Makes do with fewer seats: those that its pods have, and the first of the others. Returns which of them stay; nil
    /// while more are in use.
    fileprivate mutating func keepSeats(_ count: Int, of all: [Seat]) -> [Int]? {
        let used = Set(pods.compactMap(\.seat))
        guard used.count <= count else { return nil }
        let free = all.indices.filter { !used.contains($0) }.prefix(count - used.count)
        let kept = (used + free).sorted()
        let numbers = Dictionary(uniqueKeysWithValues: kept.enumerated().map { ($1, $0) })
        for index in pods.indices { pods[index].seat = pods[index].seat.flatMap { numbers[$0] } }
        seats = kept.map { all[$0] }
        return kept
    }
}
