/// Mistakes that the simulated shells, disks and people make on purpose when told to. The cores never know.
public enum PlantedBug: String, CaseIterable, Sendable {
    // MARK: The coordinator's disk

    /// What a turn sends leaves before its commit is durable.
    case sendBeforeCommit
    /// One commit in eight is reported durable and never written.
    case dropCommit
    /// Commits are reported durable before they are synced: a crash takes the last ones away.
    case unsyncedCommits
    /// A commit is refused, for the disk is full, and the coordinator goes on as if it were written.
    case ignoreRefusedCommit
    /// The epoch is not written: every start of the coordinator has the same.
    case forgetOwnEpoch
    /// A restored job does not know the place on a lost host that it left behind.
    case forgetPlacesLeft
    /// A restored host is not cordoned any more.
    case forgetCordons
    /// A restored volume claim does not know on which hosts it may have a folder.
    case forgetClaimHosts

    // MARK: The coordinator's sessions

    /// A host whose connection is lost is taken for dead: its pods are reported ended.
    case freeSilentHost
    /// A lost host that comes back is taken for clean: its pods are said to have ended.
    case cleanReturningHost
    /// One assignment in sixteen leaves on another host's connection.
    case misdirectAssignments
    /// A second machine of the same name is taken for the first.
    case welcomeTwin
    /// Heartbeats are not taken note of.
    case ignoreHeartbeats
    /// People fence a lost host without having looked whether it is off.
    case fenceLiveHost

    /// Heartbeats are answered at once, also by a coordinator whose commits do not succeed any more.
    case answerWithoutCommit
    /// A lost host opens exactly when its pod lease is over, while supervisors still kill.
    case leaseWithoutMargin

    // MARK: The agent

    /// The agent is told that whatever comes is of the newest epoch, and a coordinator of an older one is heard.
    case ignoreEpoch
    /// The agent takes a torn epoch file for none, each time it starts.
    case forgetEpoch
    /// An agent that starts stops all pods that it finds.
    case stopPodsOnAgentRestart
    /// An agent that starts has lost the records of its pods, whose processes go on.
    case forgetPodsOnAgentRestart
    /// An agent that starts begins to speak before it has read the records of all its pods.
    case speakBeforeReading
    /// An agent that starts starts those pods again whose supervisors have not said that they run.
    case repeatStarts
    /// A pod is reported ended when it is told to stop, while its processes still shut down.
    case reportEndAtStop
    /// A pod is reported running when its supervisor has been started.
    case reportRunningAtStart
    /// One change in eight of a pod's record goes unnoticed.
    case missRecords
    /// Supervisors do not wait at the barrier of restarts in place.
    case ignoreBarrier
    /// Every pod is given the host's first devices.
    case shareDevices
    /// Supervisors do not heed the pod lease.
    case ignoreLease
    /// The folders of a pod's volume claims are deleted with its own.
    case deleteClaimsWithPods
    /// An assignment is applied a second time in the place of the one after it.
    case swapAssignments
}
