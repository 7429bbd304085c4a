import AtollCore
import AtollModel
import Logging

/// The keys of the agent's log lines.
enum LogKey {
    static let host = "host.id"
    static let address = "host.address"
    static let state = "state.folder"
    static let pods = "pod.count"
    static let version = "version"
    static let pod = "pod.id"
    static let job = "job.name"
    static let reason = "reason"
    static let cause = "cause"
    static let message = "message"
    static let epoch = "epoch"
    static let highest = "epoch.highest"
    static let generation = "generation"
    static let held = "generation.held"
    static let retry = "retry.in"
    static let code = "code"
    static let waitsFor = "pod.waits_for"
    static let coordinator = "coordinator"
    static let signal = "signal"
    static let claim = "claim"
}

// What the core wants people to know.
extension AgentShell {
    func write(_ note: AgentNote) {
        switch note {
        case .welcomed(let welcome):
            let coordinator = connection.map { "\($0.coordinator)" } ?? ""
            log.notice(
                "connected",
                metadata: [
                    LogKey.coordinator: "\(coordinator)", LogKey.version: "\(welcome.software)",
                    LogKey.epoch: "\(welcome.epoch)",
                ]
            )
        case .disconnected(let reason, let delay):
            log.info("not connected", metadata: [LogKey.reason: "\(reason)", LogKey.retry: "\(delay)"])
        case .refused(let refusal):
            log.error(
                "the coordinator refused this agent",
                metadata: [LogKey.code: "\(refusal.code)", LogKey.reason: "\(refusal.message)"]
            )
        case .coordinatorOutdated(let epoch, let highest):
            log.warning(
                "the coordinator was replaced by another one, and is not obeyed",
                metadata: [LogKey.epoch: "\(epoch)", LogKey.highest: "\(highest)"]
            )
        case .assignmentOutdated(let epoch, let generation):
            log.info(
                "an old assignment was ignored",
                metadata: [LogKey.epoch: "\(epoch)", LogKey.generation: "\(generation)"]
            )
        case .assignmentUnfit(let base, let held):
            log.debug(
                "a difference does not fit",
                metadata: [LogKey.generation: "\(base)", LogKey.held: "\(held)"]
            )
        case .startDelayed(let pod, let other):
            log.info(
                "a pod waits for one of an older attempt to end",
                metadata: [LogKey.pod: "\(pod)", LogKey.waitsFor: "\(other)"]
            )
        case .deviceLost(let pod, let evidence):
            log.error(
                "a pod is stopped: it has lost a device",
                metadata: [LogKey.pod: "\(pod)", LogKey.reason: "\(evidence)"]
            )
        case .leasePostponed(let pod):
            log.warning(
                "the pod lease begins when pods that an earlier release started have ended",
                metadata: [LogKey.waitsFor: "\(pod)"]
            )
        case .startWithheld(let pod):
            log.warning("a pod is not started: the pod lease has run out", metadata: [LogKey.pod: "\(pod)"])
        }
    }
}
