import AtollJobSet
import AtollModel

/// What failed pods mean for their job. Source: semantics c.3 and c.4.
extension JobIncarnation {
    /// Counts a failed pod as its job's policy has it. Returns why the job fails with it; nil while it may go on.
    ///
    /// - Parameter pod: `<namespace>/<name>`.
    mutating func podFailed(_ index: Int, _ exit: PodExit, under template: JobSpec, named pod: String)
        -> JobFailure.Cause?
    {
        let match = template.podFailurePolicy?.firstMatch(exit)
        switch match?.action {
        case .failJob:
            failures += 1
            return match?.cause(pod: pod)
        case .failIndex: countFailure(of: index, under: template, isFinal: true)
        case .count, nil: countFailure(of: index, under: template, isFinal: false)
        case .ignore: break
        }
        return causeOfFailure(under: template)
    }

    private mutating func countFailure(of index: Int, under template: JobSpec, isFinal: Bool) {
        failures += 1
        guard let limit = template.backoffLimitPerIndex else { return }
        var counted = pods[index].indexFailures ?? IndexFailures()
        counted.count += 1
        counted.isFinal = counted.isFinal || isFinal || counted.count > limit
        pods[index].indexFailures = counted
    }

    /// Why the job fails, in the order in which the Job controller looks; nil while it may go on.
    func causeOfFailure(under template: JobSpec) -> JobFailure.Cause? {
        if hasExhausted(template) { return .backoffLimitExceeded }
        guard template.backoffLimitPerIndex != nil else { return nil }
        let failed = pods.count { $0.hasFailedForGood }
        if let limit = template.maxFailedIndexes, failed > limit { return .maxFailedIndexesExceeded }
        let isOver = failed > 0 && pods.allSatisfy { $0.succeeded || $0.hasFailedForGood }
        return isOver ? .failedIndexes : nil
    }

    /// The restarts in place that a pod had when it failed, which go on to count.
    mutating func countRestarts(_ restarts: UInt32, under template: JobSpec) {
        guard template.pod.restartPolicy == .onFailure else { return }
        failures = Int32(clamping: Int64(failures) + Int64(restarts))
    }

    /// With `OnFailure` the limit counts restarts in place, the first of which is already one too many at 0; with
    /// `Never` it counts failed pods beyond the first.
    private func hasExhausted(_ template: JobSpec) -> Bool {
        switch template.pod.restartPolicy {
        case .never: failures > template.backoffLimit
        case .onFailure:
            pods.reduce(Int64(failures)) { $0 + Int64($1.restarts) } >= Int64(max(template.backoffLimit, 1))
        }
    }

    /// How long to wait before a failed pod is replaced: the more failures there were, of its index where they are
    /// counted apart, the longer.
    func backoff(of index: Int) -> Duration { PodBackoff.delay(after: pods[index].indexFailures?.count ?? failures) }
}

/// Delay before a failed pod is replaced: 10 s, doubling, at most 5 minutes.
/// Source: kubelet's restart back-off, the shorter of the two that JobSet users know (semantics c.4).
private enum PodBackoff {
    static func delay(after failures: Int32) -> Duration {
        .seconds(min(300, 10 << min(Int(max(failures, 1)) - 1, 5)))
    }
}
