public import AtollCore
public import AtollLoop

/// What an operator sets; the executable reads it from its arguments.
public struct CoordinatorSettings: Sendable {
    /// Where agents (and remote administrators) connect. Default `127.0.0.1:7420`: the wire has no authentication
    /// yet, so other addresses are the operator's own decision.
    public var listen: [SocketAddress]
    /// The administrators' Unix socket; only its owner and root may connect. Default `/run/atoll/coordinator.sock`.
    public var socketPath: String
    /// Where health and metrics are served; nil, the default, for nowhere.
    public var http: SocketAddress?
    public var policy: CoordinatorPolicy
    public var limits: Limits
    /// Connections at a time, of agents and administrators; the process's descriptor limit may be lower.
    public var connectionsMax: Int
    /// A connection that has not said hello by then is closed.
    public var helloTimeout: Duration

    public init(
        listen: [SocketAddress],
        socketPath: String = "/run/atoll/coordinator.sock",
        http: SocketAddress? = nil,
        policy: CoordinatorPolicy = CoordinatorPolicy(),
        limits: Limits = .production,
        connectionsMax: Int = 130_000,
        helloTimeout: Duration = .seconds(10)
    ) {
        self.listen = listen
        self.socketPath = socketPath
        self.http = http
        self.policy = policy
        self.limits = limits
        self.connectionsMax = connectionsMax
        self.helloTimeout = helloTimeout
    }
}
