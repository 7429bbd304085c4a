import AtollModel

/// One connection between an agent and a coordinator: two ordered channels, as TCP gives them.
struct SimConnection {
    let host: Int
    let agent: Int
    /// The coordinator process at the other end.
    let process: Int
    var isAgentOpen = true
    var isCoordinatorOpen = true
    /// True once what is on its way will not arrive any more.
    var isBroken = false
    /// Arrival of the last packet of each direction: the next comes no earlier.
    var lastToCoordinator: Int64 = 0
    var lastToAgent: Int64 = 0
    /// The last assignment, kept back by a planted bug.
    var swapped: Packet?
}
