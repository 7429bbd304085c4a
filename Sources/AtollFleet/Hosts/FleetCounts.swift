import AtollModel

/// How a fleet is, in numbers.
public struct FleetCounts: Equatable, Sendable, CustomStringConvertible {
    public var hosts = 0
    /// Hosts whose agent has been welcomed, and has not lost that connection.
    public internal(set) var connected = 0
    /// Welcomes ever.
    public internal(set) var connections = 0
    public internal(set) var refusals = 0
    /// Heartbeats sent ever.
    public internal(set) var heartbeats = 0
    /// Pods by what they have last reported.
    public internal(set) var starting = 0
    public internal(set) var running = 0
    public internal(set) var stopping = 0
    /// Of running ones: all of their containers run and are ready.
    public internal(set) var ready = 0
    /// Containers started ever.
    public internal(set) var containersStarted = 0
    /// Pods ever that have ended well, and otherwise.
    public internal(set) var succeeded = 0
    public internal(set) var failed = 0

    public init() {}

    mutating func moved(from old: PodObservation?, to new: PodObservation?) {
        if let old { add(-1, old) }
        if let new { add(1, new) }
        guard case .ended(let exit) = new else { return }
        if exit.succeeded { succeeded += 1 } else { failed += 1 }
    }

    private mutating func add(_ number: Int, _ observation: PodObservation) {
        switch observation {
        case .starting: starting += number
        case .running(let pod):
            running += number
            if pod.isReady { ready += number }
        case .stopping: stopping += number
        case .ended: break
        }
    }

    /// `16 of 16 hosts connected; pods: 4 running, 0 starting, 0 stopping, 12 succeeded, 1 failed`
    public var description: String {
        "\(connected) of \(hosts) hosts connected; pods: \(running) running, \(starting) starting, "
            + "\(stopping) stopping, \(succeeded) succeeded, \(failed) failed"
    }
}
