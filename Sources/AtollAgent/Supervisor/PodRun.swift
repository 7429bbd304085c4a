import AtollCore
import AtollLoop
import AtollModel
import CAtollLinux
import Glibc

/// One pod while it runs: turns processes, signals, sockets and clocks into inputs of its `PodMachine`, and the machine's
/// effects into deeds. It decides nothing.
struct PodRun {
    /// A container whose first process has ended, while what else there is of it is being killed.
    struct Leaving {
        let container: Int
        let first: Int32
        let cause: PodExit.Cause
    }

    /// Between two passes of SIGKILL: what was born during one is met by the next.
    private static let killIntervalMs: CInt = 20
    /// Before a record that could not be written is tried again, in nanoseconds.
    private static let writePause = Duration.seconds(1).nanoseconds

    let plan: PodPlan
    let folder: PodFolder
    let group: ControlGroup?
    let output: OutputPipe
    /// What each container is given, in the machine's order.
    let places: [PodEnvironment.Process]
    private let signals: CInt
    private var lease: LeaseWatch
    private var isExpired = false
    private var machine: PodMachine
    private var record: PodRecord
    private var written: PodRecord
    private var nextWrite: Int64 = 0
    private var wake: Instant?
    /// What is still to be fed, oldest first.
    var inputs: [PodInput] = []
    /// The first process of each container; nil for one that does not run.
    var firsts: [Int32?]
    /// In the order in which they ended.
    var leaving: [Leaving] = []
    /// Probes and hooks by their first process.
    var commands: [Int32: ActionRun] = [:]
    var sockets: [ActionRun: SocketProbe] = [:]
    /// From `PodAction.sweep` until no process of the pod is left.
    var isSweeping = false

    /// Sets the pod up. Throws when that is not possible, or when the host's pod lease is over.
    init(_ plan: PodPlan, in folder: PodFolder, signals: CInt, record: PodRecord) throws(AgentError) {
        self.plan = plan
        self.folder = folder
        self.signals = signals
        self.record = record
        written = record
        lease = try LeaseWatch(folder.lease)
        let claims = try folder.claims()
        let environment = PodEnvironment(plan, folder: folder.path, claims: claims)
        try Self.writeFiles(of: environment, to: folder)
        if let note = PodNamespace.enter(hostName: environment.hostName, hosts: folder.hostsPath) {
            try folder.write(notes: [note])
        }
        try PodVolumes.prepare(plan, in: folder, claims: claims)
        group = ControlGroup(forPod: plan.pod.id.description)
        if let group { try folder.write(cgroup: group.path) }
        output = try OutputPipe(folder: folder.path)
        guard !lease.isOver(at: SystemClock.uptime) else { throw AgentError(.setting, LeaseWatch.expired) }
        machine = PodMachine(plan.launch, attempts: plan.pod.attempts)
        places = environment.processes
        firsts = Array(repeating: nil, count: places.count)
    }

    private static func writeFiles(of environment: PodEnvironment, to folder: PodFolder) throws(AgentError) {
        try Files.makeFolder(folder.workPath)
        try Files.makeFolder(folder.downwardPath)
        for file in environment.downward {
            try Files.overwrite("\(folder.downwardPath)/\(file.name)", with: file.text.utf8, mode: 0o644)
        }
        // Read by every user of the pod, through the mount.
        try folder.writeHosts(environment.hosts)
    }

    /// Returns when no process of the pod is left, with a record of its end, which the caller writes.
    mutating func untilEnd() -> PodRecord {
        feed(.started)
        readAttempts()
        writeRecord()
        while !record.observation.hasEnded {
            wait()
            reap()
            heedTime()
            feedAll()
            writeRecord()
        }
        output.drain()
        group?.remove()
        return record
    }

    private mutating func feed(_ input: PodInput) {
        inputs.append(input)
        feedAll()
    }

    /// Each input, its effects, and the inputs that those lead to.
    private mutating func feedAll() {
        while !inputs.isEmpty {
            var effects = PodEffects()
            machine.handle(inputs.removeFirst(), at: .now, into: &effects)
            for action in effects.actions { perform(action) }
            if let observation = effects.observation { record.observation = observation }
            wake = effects.wake
        }
    }

    private mutating func heedTime() {
        if !isExpired, lease.isOver(at: SystemClock.uptime) {
            isExpired = true
            inputs.append(.killAsked(message: LeaseWatch.expired))
        }
        if let wake, wake.uptime <= SystemClock.uptime { inputs.append(.woken) }
    }

    private mutating func readAttempts() {
        do throws(AgentError) {
            if let attempts = try folder.attempts() { feed(.told(attempts)) }
        } catch {
            PodSupervisor.complain(error.message)
        }
    }

    /// Where a record on the way cannot be written, the pod runs on, and it is tried again: others may wait for what it
    /// says. The last one is the caller's.
    private mutating func writeRecord() {
        record.containerPIDs = firsts.map { $0 ?? 0 }
        guard isWriteDue, nextWrite <= SystemClock.uptime else { return }
        do throws(AgentError) {
            try folder.write(record)
            written = record
        } catch {
            PodSupervisor.complain(error.message)
            nextWrite = SystemClock.uptime + Self.writePause
        }
    }

    private var isWriteDue: Bool { record != written && !record.observation.hasEnded }
}

// MARK: Waiting

extension PodRun {
    private mutating func wait() {
        let probes = sockets.map { (run: $0.key, socket: $0.value) }
        var descriptors = [
            pollfd(fd: signals, events: Int16(POLLIN), revents: 0),
            pollfd(fd: output.reader, events: Int16(POLLIN), revents: 0),
        ]
        descriptors += probes.map { pollfd(fd: $0.socket.descriptor, events: $0.socket.events, revents: 0) }
        _ = poll(&descriptors, nfds_t(descriptors.count), timeoutMs)
        if descriptors[1].revents != 0 { output.drain() }
        for (probe, descriptor) in zip(probes, descriptors.dropFirst(2)) where descriptor.revents != 0 {
            // What one of them led to may have been to abandon the next.
            guard sockets[probe.run] === probe.socket, let succeeded = probe.socket.advance() else { continue }
            sockets[probe.run] = nil
            feed(.finished(probe.run, succeeded: succeeded))
        }
        while true {
            let signal = atoll_next_signal(signals)
            guard signal != 0 else { return }
            receive(signal)
        }
    }

    private mutating func receive(_ signal: CInt) {
        switch signal {
        case SIGTERM: feed(.stopAsked)
        case SIGQUIT: feed(.killAsked(message: ""))
        case SIGHUP: readAttempts()
        default: break  // SIGCHLD: the next turn reaps.
        }
    }

    private var timeoutMs: CInt {
        if isSweeping || !leaving.isEmpty { return Self.killIntervalMs }
        let look = isExpired ? Int64.max : lease.nextLook
        let next = min(wake?.uptime ?? .max, look, isWriteDue ? nextWrite : .max)
        return CInt(clamping: max(0, next - SystemClock.uptime) / 1_000_000 + 1)
    }
}
