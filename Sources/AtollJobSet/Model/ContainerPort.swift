/// A port that a container listens on. Source: `ContainerPort` of Kubernetes' v1.
public struct ContainerPort: Equatable, Sendable {
    public enum Transport: String, Sendable { case tcp = "TCP", udp = "UDP", sctp = "SCTP" }

    /// For probes and hooks to refer to; empty for none.
    public var name: String
    public var number: Int32
    public var transport: Transport
    /// The same as `number`, as processes listen on the host's own addresses; 0 where it is left out.
    public var hostPort: Int32
    /// Does nothing here; empty where it is left out.
    public var hostAddress: String

    public init(
        name: String = "",
        number: Int32,
        transport: Transport = .tcp,
        hostPort: Int32 = 0,
        hostAddress: String = ""
    ) {
        self.name = name
        self.number = number
        self.transport = transport
        self.hostPort = hostPort
        self.hostAddress = hostAddress
    }
}
