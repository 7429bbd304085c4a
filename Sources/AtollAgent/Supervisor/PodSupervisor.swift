import AtollCore
import AtollLoop
import AtollModel
import CAtollLinux
import Glibc

/// Runs one pod from its folder to its end, in a process of its own that outlives the agent.
///
/// One thread, one `poll`. It is the subreaper of the pod: whatever a container starts, and however that detaches
/// itself, stays a descendant of the supervisor, which reports `ended` only when it has no child left. Signals:
/// SIGTERM stops the pod within its grace period, and a repeated one changes nothing; SIGQUIT kills it at once, and so
/// does the end of the host's pod lease (`LeaseFile`); SIGHUP lets it read the attempts of its JobSet. What it decides is
/// decided by `PodMachine`.
///
///     starting -> running | ended
///     running  -> stopping | ended
///     stopping -> ended
public enum PodSupervisor {
    /// Returns the exit status of the supervisor itself: 0 when the pod's end is on record, however it ended.
    public static func run(folder path: String) -> CInt {
        // Its own session, unless the one who started it saw to that.
        _ = setsid()
        _ = signal(SIGPIPE, SIG_IGN)
        let signals = atoll_supervisor_signals()
        let folder = PodFolder(path)
        do throws(AgentError) {
            guard signals >= 0 else { throw .system(errno, "receive signals") }
            guard atoll_become_subreaper() == 0 else { throw .system(errno, "become the subreaper of the pod") }
            guard let lock = try folder.lock() else {
                throw AgentError(.busy, "\(path) has a supervisor already")
            }
            try supervise(folder, signals: signals)
            _ = consume lock
            return 0
        } catch {
            complain(error.message)
            return 1
        }
    }

    private static func supervise(_ folder: PodFolder, signals: CInt) throws(AgentError) {
        guard try folder.record() == nil else {
            throw AgentError(.busy, "\(folder.path) was run before, and a pod is run once")
        }
        guard let plan = try folder.plan() else {
            throw AgentError(.damaged, "\(folder.path) has no plan")
        }
        var record = PodRecord(
            pod: plan.pod.id,
            observation: .starting,
            supervisorPID: getpid(),
            heedsLease: true
        )
        try folder.write(record)
        tell(.start, of: plan, folder.journal)
        do throws(AgentError) {
            var run = try PodRun(plan, in: folder, signals: signals, record: record)
            record = run.untilEnd()
        } catch {
            record.observation = .ended(PodExit(cause: .startFailed, at: .now, message: error.message))
        }
        // Before the record: once that is written, the coordinator may give the host to somebody else.
        if case .ended(let exit) = record.observation { tell(.end(exit), of: plan, folder.journal) }
        writeEnd(record, to: folder)
    }

    /// A journal that cannot be written stops no pod.
    private static func tell(_ event: PodJournal.Event, of plan: PodPlan, _ journal: PodJournal) {
        do throws(AgentError) {
            try journal.append(event, of: plan)
        } catch {
            complain(error.message)
        }
    }

    /// The exit status exists nowhere else, so a full disk is waited for.
    private static func writeEnd(_ record: PodRecord, to folder: PodFolder) {
        while true {
            do throws(AgentError) {
                return try folder.write(record)
            } catch {
                complain(error.message)
                sleep(5)
            }
        }
    }

    static func complain(_ message: String) {
        _ = Files.writeAll("atoll-agent supervise: \(message)\n".utf8, to: STDERR_FILENO)
    }
}

extension Timestamp {
    /// The wall clock.
    static var now: Timestamp { Timestamp(nanoseconds: SystemClock.wall) }
}

extension Instant {
    static var now: Instant { Instant(uptime: SystemClock.uptime, wall: .now) }
}
