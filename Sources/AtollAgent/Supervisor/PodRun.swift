import AtollCore
import AtollModel
import CAtollLinux
import Glibc

/// The containers of one pod while they run.
struct PodRun {
    private enum Phase: Equatable {
        case running
        /// SIGTERM is sent; SIGKILL follows at the deadline, on `uptime()`.
        case stopping(deadline: Int64)
        /// SIGKILL is being sent, until nothing is left.
        case killing
    }

    /// Between two passes of SIGKILL: what was born during one is met by the next.
    private static let killIntervalMs: CInt = 20

    private let plan: PodPlan
    private let folder: PodFolder
    private let signals: CInt
    private let group: ControlGroup?
    private let output: OutputPipe
    private var lease: LeaseWatch
    /// True for a pod that was killed because the lease was over.
    private var isExpired = false
    private var containers: [Container] = []
    /// The first container that ended with anything but 0, and how.
    private var failure: Container?
    private var phase = Phase.running
    /// False once waitid(2) said that there is no child, and so no process of the pod.
    private var hasChildren = true

    /// Sets the pod up and starts its containers. When one does not start, none is left running; when the host's pod lease
    /// is over, none is started.
    init(_ plan: PodPlan, in folder: PodFolder, signals: CInt) throws(AgentError) {
        self.plan = plan
        self.folder = folder
        self.signals = signals
        lease = try LeaseWatch(folder.lease)
        let environment = PodEnvironment(plan, folder: folder.path)
        try Self.writeFiles(of: environment, to: folder)
        if let note = PodNamespace.enter(hostName: environment.hostName, hosts: folder.hostsPath) {
            try folder.write(notes: [note])
        }
        group = ControlGroup(forPod: plan.pod.id.description)
        if let group { try folder.write(cgroup: group.path) }
        output = try OutputPipe(folder: folder.path)
        guard !lease.isOver(at: uptime()) else { throw AgentError(.setting, LeaseWatch.expired) }
        try start(environment.processes)
    }

    /// Returns when no process of the pod is left. `record` then says how it ended, which the caller writes.
    mutating func untilEnd(_ record: inout PodRecord) {
        record.containerPIDs = containers.map(\.processID)
        record.observation = .running(since: .now)
        write(record)
        while hasChildren {
            let wasRunning = isRunning
            turn()
            if wasRunning, !isRunning, hasChildren {
                record.observation = .stopping
                write(record)
            }
        }
        output.drain()
        group?.remove()
        record.observation = .ended(exit)
    }

    /// A record on the way that cannot be written is a pity and no more: the pod runs on.
    private func write(_ record: PodRecord) {
        do throws(AgentError) {
            try folder.write(record)
        } catch {
            PodSupervisor.complain(error.message)
        }
    }

    private var isRunning: Bool {
        if case .running = phase { true } else { false }
    }

    private var exit: PodExit {
        let cause = failure?.cause ?? .exited(code: 0)
        let message = isExpired ? LeaseWatch.expired : ""
        return PodExit(cause: cause, container: failure?.name ?? "", at: .now, message: message)
    }
}

// MARK: Start

extension PodRun {
    private static func writeFiles(of environment: PodEnvironment, to folder: PodFolder) throws(AgentError) {
        try Files.makeFolder(folder.workPath)
        try Files.makeFolder(folder.downwardPath)
        for file in environment.downward {
            try Files.overwrite("\(folder.downwardPath)/\(file.name)", with: file.text.utf8, mode: 0o644)
        }
        // Read by every user of the pod, through the mount.
        try folder.writeHosts(environment.hosts)
    }

    private mutating func start(_ processes: [PodEnvironment.Process]) throws(AgentError) {
        let failure = startAll(processes)
        output.closeWriter()
        guard let failure else { return }
        phase = .killing
        while hasChildren { turn() }
        group?.remove()
        throw failure
    }

    /// The supervisor is in the pod's group only meanwhile: what kills the group must not kill it.
    private mutating func startAll(_ processes: [PodEnvironment.Process]) -> AgentError? {
        let isInGroup = group?.enter() ?? false
        defer { if isInGroup { group?.leave() } }
        do throws(AgentError) {
            for process in processes { containers.append(try Container(process, output: output.writer)) }
            return nil
        } catch {
            return error
        }
    }
}

// MARK: One turn

extension PodRun {
    /// Waits for something to happen and answers it.
    private mutating func turn() {
        reap()
        guard hasChildren else { return }
        if containers.allSatisfy({ $0.cause != nil }) { phase = .killing }
        advance()
        var descriptors = [
            pollfd(fd: signals, events: Int16(POLLIN), revents: 0),
            pollfd(fd: output.reader, events: Int16(POLLIN), revents: 0),
        ]
        _ = poll(&descriptors, 2, timeoutMs)
        if descriptors[1].revents != 0 { output.drain() }
        while true {
            let signal = atoll_next_signal(signals)
            guard signal != 0 else { return }
            receive(signal)
        }
    }

    private mutating func receive(_ signal: CInt) {
        switch (signal, phase) {
        case (SIGTERM, .running): stop()
        case (SIGQUIT, _): phase = .killing
        default: break  // SIGCHLD: the next turn reaps.
        }
    }

    private mutating func reap() {
        while true {
            var (code, status): (CInt, CInt) = (0, 0)
            let process = atoll_reap(&code, &status)
            if process < 0, errno == ECHILD { hasChildren = false }
            guard process > 0 else { return }
            guard let index = containers.firstIndex(where: { $0.processID == process }) else { continue }
            let cause = code == CInt(CLD_EXITED) ? PodExit.Cause.exited(code: status) : .signaled(status)
            containers[index].cause = cause
            guard cause != .exited(code: 0), failure == nil else { continue }
            failure = containers[index]
            // One failed container is a failed pod: the rest has nobody to work with.
            if case .running = phase { stop() }
        }
    }

    private mutating func stop() {
        let deadline = uptime().addingReportingOverflow(max(0, plan.launch.terminationGrace.nanoseconds))
        phase = .stopping(deadline: deadline.overflow ? .max : deadline.partialValue)
        ProcessTree.terminate(groups: containers.filter { $0.cause == nil }.map(\.processID))
    }

    private mutating func advance() {
        if case .stopping(let deadline) = phase, deadline <= uptime() { phase = .killing }
        if phase != .killing, lease.isOver(at: uptime()) {
            isExpired = true
            phase = .killing
        }
        guard case .killing = phase else { return }
        _ = group?.kill()
        ProcessTree.killAll()
    }

    private var timeoutMs: CInt {
        switch phase {
        case .running: milliseconds(until: lease.nextLook)
        case .stopping(let deadline): milliseconds(until: min(deadline, lease.nextLook))
        case .killing: Self.killIntervalMs
        }
    }

    private func milliseconds(until moment: Int64) -> CInt {
        CInt(clamping: max(0, moment - uptime()) / 1_000_000 + 1)
    }
}
