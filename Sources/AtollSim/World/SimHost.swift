import AtollCore
import AtollModel

/// One machine: what survives a reboot (state folder), what survives an agent (processes), and the agent.
struct SimHost {
    var facts: HostFacts
    let instance: ObjectUID
    /// Counts boots; 0 before the host has joined.
    var boot = 0
    var isUp = false
    var agent: AgentCore?
    /// Counts agents, so that what was meant for an earlier one is known by it.
    var agentNumber = 0
    /// The moment that the agent asked to be called at.
    var wakeAt: Int64?
    /// The attempt to connect that is under way, or the connection that came of it.
    var attempt = 0
    var connection: Int?
    /// Cut off: what is on its way is held back until the partition heals.
    var isPartitioned = false
    var heldBack: [SimEvent] = []
    /// When anything of it last arrived at a coordinator process, by the number of that.
    var heardAt: SortedMap<Int, Int64> = [:]
    // State folder.
    var epochOnDisk = Epoch(0)
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
