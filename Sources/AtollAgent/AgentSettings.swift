public import AtollModel
public import AtollTopology
import Glibc

/// What an agent is told when it starts, checked and complete.
public struct AgentSettings: Sendable {
    /// What the command line says; each member that is set wins over the configuration file.
    public struct Overrides: Sendable {
        public var coordinators: [CoordinatorAddress] = []
        public var host: HostID?
        public var address: String?
        public var stateDirectory: String?
        public var podLease: Duration?
        public var volumeClaims: String?

        public init() {}
    }

    /// Where a coordinator listens when nobody says otherwise.
    public static let defaultCoordinator = CoordinatorAddress(host: "127.0.0.1", port: 7420)
    public static let defaultStateDirectory = "/var/lib/atoll-agent"

    /// Tried in turn; never empty.
    public var coordinators: [CoordinatorAddress]
    public var host: HostID
    /// An IP address as text, by which pods of other hosts reach this one.
    public var address: String
    /// Absolute.
    public var stateDirectory: String
    /// The folder whose `/sys`, `/proc` and `/etc` are read.
    public var root: String
    public var labels: LabelRules
    /// How long after a coordinator's last answer the pods end by themselves; nil when they run on.
    public var podLease: Duration?
    /// The folder of all volume claims, absolute; nil for a host whose pods can have none.
    public var volumeClaims: String?
    /// Absolute path of the executable that runs supervisors: this one.
    public var program: String
    public var topologyInterval = Duration.seconds(60)

    /// - Parameter systemState: the folder that the service manager prepared, if it did.
    public init(
        _ configuration: AgentConfiguration,
        overrides: Overrides,
        root: String,
        systemState: String?
    ) throws(AgentError) {
        let named = overrides.coordinators.isEmpty ? configuration.coordinators : overrides.coordinators
        coordinators = named.isEmpty ? [Self.defaultCoordinator] : named
        let name = overrides.host ?? configuration.host ?? HostID(HostTopology.hostname(root: root))
        guard !name.name.isEmpty else {
            throw AgentError(.setting, "this host has no name; set `host` in the configuration or pass --host NAME")
        }
        host = name
        guard let address = overrides.address ?? configuration.address ?? Self.localAddress(toward: coordinators[0])
        else {
            throw AgentError(
                .setting,
                "no address leads from this host to \(coordinators[0]); set `address` in the configuration or pass "
                    + "--address IP"
            )
        }
        guard Network.isLiteral(address) else {
            throw AgentError(.setting, "`\(address)` is not an IP address; pass --address IP")
        }
        self.address = address
        let state = overrides.stateDirectory ?? configuration.stateDirectory ?? systemState
        stateDirectory = state ?? Self.defaultStateDirectory
        guard stateDirectory.hasPrefix("/") else {
            throw AgentError(.setting, "the state folder `\(stateDirectory)` must be an absolute path")
        }
        self.root = root
        labels = configuration.labels
        podLease = overrides.podLease ?? configuration.podLease
        volumeClaims = overrides.volumeClaims ?? configuration.volumeClaims
        guard volumeClaims?.hasPrefix("/") != false else {
            throw AgentError(.setting, "the folder of volume claims `\(volumeClaims ?? "")` must be an absolute path")
        }
        program = try Self.ownProgram()
    }

    /// The text of a configuration file that was named by a person, so that its absence is an error.
    public static func text(ofConfiguration path: String) throws(AgentError) -> String {
        guard let text = try Files.readText(path) else {
            throw AgentError(.setting, "there is no configuration file \(path)")
        }
        return text
    }

    /// The address that this host has on the way to the coordinator.
    private static func localAddress(toward coordinator: CoordinatorAddress) -> String? {
        Network.resolve(coordinator).flatMap { Network.sourceAddress(toward: $0, port: coordinator.port) }
    }

    private static func ownProgram() throws(AgentError) -> String {
        var buffer = [UInt8](repeating: 0, count: Int(PATH_MAX))
        let count = readlink("/proc/self/exe", &buffer, buffer.count)
        guard count > 0 else { throw .system(errno, "read /proc/self/exe") }
        return String(decoding: buffer[..<count], as: UTF8.self)
    }
}
