import AtollLoop
import AtollModel
import AtollWire

/// One connection: its bytes, and who is at the other end. On the loop.
final class PeerSession {
    enum Role: Equatable {
        /// Has not said hello yet; closed at the deadline (uptime, nanoseconds).
        case unknown(deadline: Int64)
        case agent(HostID)
        case admin
    }

    let id: SessionID
    let stream: Stream
    var decoder = FrameDecoder()
    var role: Role
    /// False for an agent of a release that has no `TopologyRead`.
    var answersTopologyReads = false
    /// The version of the wire that both speak; 0 before the hello.
    var version: UInt32 = 0

    init(id: SessionID, stream: Stream, helloDeadline: Int64) {
        self.id = id
        self.stream = stream
        role = .unknown(deadline: helloDeadline)
    }

    /// For messages and logs.
    var peer: String {
        switch role {
        case .agent(let host): "\(host) at \(stream.peer)"
        case .unknown, .admin: "\(stream.peer)"
        }
    }

    func send(_ message: Message) { stream.write(message.encodedFrame()) }
}
