import AtollLoop
import AtollModel
import AtollYAML
import Glibc

/// What ran on this host and when: one line of JSON for each start and each end of a pod, for operators and audits.
///
/// Outlives the pods' folders; nothing in Atoll reads it. A start is written by the pod's supervisor before the first
/// process of the pod exists, an end when the last one is gone: by the supervisor, or by the agent for a pod whose
/// supervisor was killed. An end may be there twice, or without a start, when somebody was killed in between; the first
/// one counts. Lines are appended whole, by many processes at once and without a lock.
struct PodJournal {
    enum Event {
        case start
        case end(PodExit)
    }

    static let fileBytesMax: off_t = 4 << 20

    let path: String
    /// A file that has grown to this becomes `oldPath`, and the one that was there goes.
    var fileBytesMax = Self.fileBytesMax

    var oldPath: String { path + ".1" }

    func append(_ event: Event, of plan: PodPlan) throws(AgentError) {
        let line = Array((Self.node(event, plan).jsonText() + "\n").utf8)
        let file = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw .system(errno, "write \(path)") }
        defer { close(file) }
        // One write(2): with O_APPEND nobody else's line gets in between.
        let count = write(file, line, line.count)
        guard count >= 0 else { throw .system(errno, "write \(path)") }
        guard count == line.count else { throw .system(ENOSPC, "write \(path)") }
        try rotate(file)
    }

    private static func node(_ event: Event, _ plan: PodPlan) -> YAMLNode {
        let launch = plan.launch
        let name: String
        var exit: PodExit?
        switch event {
        case .start: name = "start"
        case .end(let end): (name, exit) = ("end", end)
        }
        return .map([
            ("time", .string(Timestamp.now.description)),
            ("boottime", .int(SystemClock.uptime)),
            ("event", .string(name)),
            ("pod", .string(plan.pod.id.description)),
            ("host", .string(plan.host.name)),
            ("jobSet", .string(launch.jobSet.description)),
            ("jobSetUID", .string(launch.jobSetUID.text)),
            ("job", .string(launch.jobName)),
            ("index", .int(plan.pod.id.index)),
            ("attempt", launch.labels["jobset.sigs.k8s.io/restart-attempt"].map { .string($0) }),
            ("cause", exit.map { .string($0.cause.text) }),
            ("message", exit.flatMap { $0.message.isEmpty ? nil : .string($0.message) }),
        ])
    }

    /// Whoever finds the file full moves it away. The lock is on the file itself, so the one that has it and finds the
    /// file still in its place is the only one that may take it from there; all others have nothing to do.
    private func rotate(_ file: CInt) throws(AgentError) {
        var (own, present) = (stat(), stat())
        guard fstat(file, &own) == 0, own.st_size >= fileBytesMax, flock(file, LOCK_EX | LOCK_NB) == 0,
            stat(path, &present) == 0, present.st_ino == own.st_ino
        else { return }
        guard rename(path, oldPath) == 0 else { throw .system(errno, "rotate \(path)") }
    }
}

extension PodExit.Cause {
    fileprivate var text: String {
        switch self {
        case .exited(let code): "exited \(code)"
        case .signaled(let signal): "signaled \(signal)"
        case .startFailed: "startFailed"
        case .lost: "lost"
        }
    }
}
