/// All that the supervisor of one pod must know: written to a file by the agent, read once by the supervisor.
public struct PodPlan: Equatable, Sendable {
    public var launch: JobLaunch
    /// Its devices are not the host's numbers but the positions that their runtime counts.
    public var pod: PodAssignment
    /// Nil when the pod's JobSet has no host names. Packed, for an agent only hands it on.
    public var peerList: PeerList?
    /// The host that the pod runs on.
    public var host: HostID
    /// An IP address as text; what `status.podIP` shows.
    public var hostAddress: String

    public init(launch: JobLaunch, pod: PodAssignment, peerList: PeerList?, host: HostID, hostAddress: String) {
        self.launch = launch
        self.pod = pod
        self.peerList = peerList
        self.host = host
        self.hostAddress = hostAddress
    }

    public init(launch: JobLaunch, pod: PodAssignment, peers: PeerTable?, host: HostID, hostAddress: String) {
        let peerList = peers.map { PeerList($0) }
        self.init(launch: launch, pod: pod, peerList: peerList, host: host, hostAddress: hostAddress)
    }

    /// Unpacked anew each time.
    public var peers: PeerTable? { peerList?.table }
}
