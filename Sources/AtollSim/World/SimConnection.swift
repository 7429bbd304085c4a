import AtollModel

/// One connection between an agent and a coordinator: two ordered channels, as TCP gives them, unless a hostile network
/// tampers with them.
struct SimConnection {
    let host: Int
    let agent: Int
    /// The coordinator process at the other end.
    let process: Int
    var isAgentOpen = true
    var isCoordinatorOpen = true
    /// True once what is on its way will not arrive any more.
    var isBroken = false
    /// True once the coordinator's shell has seen the hello.
    var hasGreeted = false
    /// True once its goodbye was heard.
    var hasSaidGoodbye = false
    /// True once the coordinator has decided to close it, which it does when that is durable.
    var isDismissed = false
    /// True once a packet was lost, repeated or overtaken: what that leads to ends with the connection.
    var isTampered = false
    /// Arrival of the last packet of each direction: the next comes no earlier.
    var lastToCoordinator: Int64 = 0
    var lastToAgent: Int64 = 0
    /// The host was lost when it said hello; for a planted bug.
    var isOfLostHost = false
    /// The last assignment, kept back by a planted bug.
    var swapped: Packet?
}
