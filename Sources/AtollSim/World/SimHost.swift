import AtollCore
import AtollModel

/// One machine: what survives a reboot (state folder), what survives an agent (processes), and the agent.
///
/// A twin, a machine under the name of another, has the other's number plus the number of hosts.
struct SimHost {
    var facts: HostFacts
    /// Drawn when the state folder was made; a copied disk brings the original's along.
    var instance: ObjectUID
    /// Counts boots; 0 before the host has joined.
    var boot = 0
    var isUp = false
    /// Without power until then, whoever would start it.
    var offUntil: Int64 = 0
    /// Does nothing until then.
    var stalledUntil: Int64 = 0
    /// What its wall clock shows beyond everybody's.
    var wallOffset: Int64 = 0
    var agent: AgentCore?
    /// Counts agents, so that what was meant for an earlier one is known by it.
    var agentNumber = 0
    /// The moment that the agent asked to be called at.
    var wakeAt: Int64?
    /// The attempt to connect that is under way, or the connection that came of it.
    var attempt = 0
    var connection: Int?
    /// Where nothing passes: what is on its way is held back until the partition heals.
    var cut: Set<Direction> = []
    var heldBack: [SimEvent] = []
    /// When anything but a hello of it last arrived at a coordinator process, by the number of that.
    var heardAt: SortedMap<Int, Int64> = [:]
    // State folder.
    var epochOnDisk = Epoch(0)
    /// What its devices' numbers were.
    var numberedOnDisk: HostFacts?
    /// When the pod lease ends; nil for never.
    var leaseEnd: Int64?
    var pods: SortedMap<PodID, SimPod> = [:]
    /// Pods whose record was written since the agent last looked.
    var unread: [PodID] = []

    init(facts: HostFacts, number: Int) {
        self.facts = facts
        instance = ObjectUID("agent-\(number)")
    }
}
