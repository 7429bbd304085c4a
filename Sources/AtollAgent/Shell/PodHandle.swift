import AtollLoop
import AtollModel

/// One pod that has a folder here.
struct PodHandle {
    let folder: PodFolder
    /// Number of the folder's watch; nil once the pod has ended.
    var watch: CInt?
    var supervisor: Supervisor?
    var isEnded = false
    /// To be stopped as soon as the supervisor is known to listen: its first record says so.
    var isStopWanted = false
    /// Its supervisor is gone and has left no exit; what is left of the pod is being killed.
    var isLost = false
    var areNotesTold = false
    /// Reads that wait for output. Bounded by `followsMax`.
    var follows: [OutputRead] = []

    static let followsMax = 64

    enum Supervisor {
        /// Started by this agent.
        case child(ChildProcess)
        /// Found running when this agent started.
        case adopted(ProcessWatch)

        func signal(_ number: CInt) throws(LoopError) {
            switch self {
            case .child(let process): try process.signal(number)
            case .adopted(let process): try process.signal(number)
            }
        }
    }
}
