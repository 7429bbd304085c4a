/// A test that is repeated while a container runs. Source: `Probe` of Kubernetes' v1.
public struct Probe: Equatable, Sendable, Codable {
    public var action: ContainerAction
    /// From the container's start to the first test.
    public var initialDelay: Duration
    /// Between two tests.
    public var period: Duration
    /// After which a test has failed.
    public var timeout: Duration
    /// So many in a row turn the outcome to success; at least 1.
    public var successThreshold: UInt32
    /// So many in a row turn it to failure; at least 1.
    public var failureThreshold: UInt32
    /// Time from SIGTERM to SIGKILL when the probe has failed; nil: the pod's.
    public var terminationGrace: Duration?

    public init(
        action: ContainerAction,
        initialDelay: Duration = .zero,
        period: Duration = .seconds(10),
        timeout: Duration = .seconds(1),
        successThreshold: UInt32 = 1,
        failureThreshold: UInt32 = 3,
        terminationGrace: Duration? = nil
    ) {
        self.action = action
        self.initialDelay = initialDelay
        self.period = period
        self.timeout = timeout
        self.successThreshold = successThreshold
        self.failureThreshold = failureThreshold
        self.terminationGrace = terminationGrace
    }
}

/// What a probe or a lifecycle hook does.
public enum ContainerAction: Equatable, Sendable, Codable {
    /// A command in the container's own environment, without a shell; succeeds with exit code 0.
    case exec([String])
    /// Succeeds when a connection can be opened. An empty host is the pod's own address.
    case tcpSocket(host: String, port: UInt16)
    /// Succeeds with a status from 200 to 399.
    case httpGet(HTTPRequest)
    /// A hook that waits.
    case sleep(Duration)
}

public struct HTTPRequest: Equatable, Sendable, Codable {
    public struct Header: Equatable, Sendable, Codable {
        public var name: String
        public var value: String

        public init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    /// Empty: the pod's own address.
    public var host: String
    public var port: UInt16
    /// Begins with a slash.
    public var path: String
    public var headers: [Header]

    public init(host: String = "", port: UInt16, path: String = "/", headers: [Header] = []) {
        self.host = host
        self.port = port
        self.path = path
        self.headers = headers
    }
}
