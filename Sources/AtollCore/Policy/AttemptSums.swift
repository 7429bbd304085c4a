import AtollModel

/// How far the pods of one job have come that restart in place.
struct AttemptPart: Equatable, Sendable {
    var lowest: Int32?
    var highest: Int32?
    /// Most restarts of containers by themselves in one pod.
    var restarts: Int32 = 0
    /// True while a pod that is there has not come to any attempt.
    var isBehind = false
    /// True while a pod is missing; that matters only where its job may start.
    var lacksPods = false

    /// Nil for a job that is over.
    init?(_ job: JobIncarnation?) {
        guard let job else {
            lacksPods = true
            return
        }
        guard job.isActive else { return nil }
        for pod in job.pods where !pod.hasFailedForGood { add(pod.phase) }
    }

    private mutating func add(_ phase: PodRun.Phase) {
        switch phase {
        case .running(let running): add(running)
        case .assigned, .stopping, .unreachable: isBehind = true
        case .ended(let exit): if !exit.succeeded { lacksPods = true }
        case .idle: lacksPods = true
        }
    }

    private mutating func add(_ running: RunningPod) {
        guard let attempt = running.attempt.map(Int32.init(clamping:)) else { return isBehind = true }
        lowest = min(lowest ?? attempt, attempt)
        highest = max(highest ?? attempt, attempt)
        restarts = max(restarts, Int32(clamping: running.restarts))
    }
}

/// The same of several jobs, each of which can be taken out again.
struct AttemptSums: Equatable, Sendable {
    private var lowestOfJobs = CountedNumbers()
    private var highestOfJobs = CountedNumbers()
    private var restartsOfJobs = CountedNumbers()
    private var behindCount = 0
    private var lackingCount = 0

    var lowest: Int32? { lowestOfJobs.lowest }
    var highest: Int32? { highestOfJobs.highest }
    var restarts: Int32 { restartsOfJobs.highest ?? 0 }

    mutating func count(_ part: AttemptPart, by number: Int) {
        if let lowest = part.lowest { lowestOfJobs.count(lowest, by: number) }
        if let highest = part.highest { highestOfJobs.count(highest, by: number) }
        restartsOfJobs.count(part.restarts, by: number)
        if part.isBehind { behindCount += number }
        if part.lacksPods { lackingCount += number }
    }

    /// True when every pod has come to an attempt that has to.
    ///
    /// - Parameter isNext: false for jobs that have to wait until others are ready.
    func areComplete(isNext: Bool) -> Bool { behindCount == 0 && (lackingCount == 0 || !isNext) }
}

/// How often each number occurs.
private struct CountedNumbers: Equatable, Sendable {
    private var counts: SortedMap<Int32, Int> = [:]

    var lowest: Int32? { counts.keys.first }
    var highest: Int32? { counts.keys.last }

    mutating func count(_ number: Int32, by change: Int) {
        let count = (counts[number] ?? 0) + change
        counts[number] = count == 0 ? nil : count
    }
}
