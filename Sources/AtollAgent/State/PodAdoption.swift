import AtollCore
import AtollModel

/// What an agent that starts finds out about one pod folder.
struct PodAdoption {
    /// What the core is told.
    var pod: RestoredPod
    /// True when a supervisor holds the folder; false for a pod that has ended or has lost its supervisor.
    var isSupervised: Bool

    /// Looks at what is on disk. A folder whose files are damaged is treated as one whose supervisor is lost.
    init(_ id: PodID, _ folder: PodFolder) throws(AgentError) {
        isSupervised = try folder.lock() == nil
        let plan = Self.intact { () throws(AgentError) in try folder.plan() }
        let record = Self.intact { () throws(AgentError) in try folder.record() }
        pod = RestoredPod(
            id: id,
            jobSet: plan?.launch.jobSet ?? ObjectName(namespace: "", name: ""),
            observation: record?.observation ?? .starting,
            heedsLease: record?.heedsLease ?? false
        )
    }

    private static func intact<Value>(_ read: () throws(AgentError) -> Value?) -> Value? {
        do throws(AgentError) {
            return try read()
        } catch {
            return nil
        }
    }
}
