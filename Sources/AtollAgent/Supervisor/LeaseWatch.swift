import AtollModel

/// The host's pod lease as one supervisor sees it: with its own eyes, whether or not an agent lives.
struct LeaseWatch {
    /// Between two looks at the file, so that a lease that begins, ends or is cut short reaches pods that run already.
    private static let interval = Duration.seconds(5).nanoseconds
    static let expired =
        "LeaseExpired: no coordinator has answered this host for its pod lease, so that its pods ended by themselves"

    private let file: LeaseFile
    private let boot: [UInt8]
    private var deadline: Int64?
    /// When to look again, on `SystemClock.uptime`.
    private(set) var nextLook: Int64

    init(_ file: LeaseFile) throws(AgentError) {
        self.file = file
        boot = try LeaseFile.bootID()
        deadline = try file.deadline(inBoot: boot)
        nextLook = .min
    }

    /// True when the pod must not run any more. Looks again if it is time to.
    mutating func isOver(at now: Int64) -> Bool {
        if nextLook <= now { look(at: now) }
        return deadline.map { $0 <= now } ?? false
    }

    /// What cannot be read now is as it was.
    private mutating func look(at now: Int64) {
        do throws(AgentError) {
            deadline = try file.deadline(inBoot: boot)
        } catch {
            PodSupervisor.complain(error.message)
        }
        nextLook = min(deadline ?? .max, now + Self.interval)
    }
}
