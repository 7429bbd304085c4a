/// Why a Job failed, as its Failed condition says and as failure policy rules name it. Source: `batch/v1`.
public enum JobFailureReason: String, CaseIterable, Sendable, Codable {
    case backoffLimitExceeded = "BackoffLimitExceeded"
    case deadlineExceeded = "DeadlineExceeded"
    case failedIndexes = "FailedIndexes"
    case maxFailedIndexesExceeded = "MaxFailedIndexesExceeded"
    case podFailurePolicy = "PodFailurePolicy"
}
