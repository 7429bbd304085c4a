import AtollModel
import AtollYAML

extension JobSetStatus {
    var node: YAMLNode {
        .object([
            ("conditions", conditions.isEmpty ? nil : .list(conditions.map(\.node))),
            // Always there, as upstream since #905.
            ("restarts", .int(restarts)),
            ("restartsCountTowardsMax", restartsCountTowardsMax == 0 ? nil : .int(restartsCountTowardsMax)),
            ("previousInPlaceRestartAttempt", previousInPlaceRestartAttempt.map { .int($0) }),
            ("currentInPlaceRestartAttempt", currentInPlaceRestartAttempt.map { .int($0) }),
            ("executionAttempts", executionAttempts.map { .int($0) }),
            ("startTime", startTime.map { .string("\($0)") }),
            ("terminalState", .text(terminalState)),
            (
                "replicatedJobsStatus",
                replicatedJobsStatus.isEmpty ? nil : .list(replicatedJobsStatus.map(\.node))
            ),
        ])
    }
}

extension Condition {
    fileprivate var node: YAMLNode {
        .object([
            ("type", .string(type.rawValue)),
            ("status", .string(status ? "True" : "False")),
            ("reason", .string(reason)),
            ("message", .string(message)),
            ("lastTransitionTime", .string("\(lastTransitionTime)")),
        ])
    }
}

extension ReplicatedJobStatus {
    fileprivate var node: YAMLNode {
        .object([
            ("name", .string(name)),
            ("ready", .int(ready)),
            ("succeeded", .int(succeeded)),
            ("failed", .int(failed)),
            ("active", .int(active)),
            ("suspended", .int(suspended)),
            ("jobRestarts", .integers(jobRestarts)),
            ("jobRestartsCountTowardsMax", .integers(jobRestartsCountTowardsMax)),
        ])
    }
}
