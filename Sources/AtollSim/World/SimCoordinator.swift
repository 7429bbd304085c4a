import AtollCore
import AtollModel

/// One coordinator process: the core, and the shell's contract about what leaves when.
///
/// What a turn sends is held until the changes of that turn and of all earlier ones are durable. One commit is under
/// way at a time; the turns that end meanwhile ride in the next.
struct SimCoordinator {
    var core: CoordinatorCore
    /// Where agents find it: one of two machines.
    let address: Int
    var isAlive = true
    /// False once another coordinator has taken over: nothing that it writes is ever durable.
    var mayCommit = true
    var wakeAt: Int64?
    /// What the present turn has brought so far.
    var turn = Effects()
    var isInTurn = false
    /// Turns that have ended and whose sends are held, oldest first.
    private(set) var held: [Effects] = []
    /// How many of them are in the commit under way; 0 when none is.
    private(set) var committing = 0

    init(core: CoordinatorCore, address: Int) {
        self.core = core
        self.address = address
    }

    mutating func handle(_ input: Input, at now: Instant) { core.handle(input, at: now, into: &turn) }

    /// Ends the turn. Returns what may be performed at once.
    mutating func endTurn() -> Effects {
        defer { turn = Effects() }
        isInTurn = false
        guard turn.persist.isEmpty && held.isEmpty else {
            held.append(turn)
            return Effects()
        }
        return turn
    }

    var needsCommit: Bool { committing == 0 && !held.isEmpty && mayCommit }

    /// Everything that is durable and sent: a crash now would lose nothing.
    var isSettled: Bool { held.isEmpty && !isInTurn }

    mutating func startCommit() { committing = held.count }

    /// The changes of the commit under way.
    var batch: [StoreChange] { held.prefix(committing).flatMap(\.persist) }

    /// The commit is durable. Returns what was waiting for it.
    mutating func endCommit() -> [Effects] {
        defer {
            held.removeFirst(committing)
            committing = 0
        }
        return Array(held.prefix(committing))
    }
}
