import AtollModel
import HeapModule

/// What is due when: the core's only notion of a timer. The shell is told just the earliest moment.
struct Agenda: Equatable, Sendable {
    enum Matter: Equatable, Sendable {
        /// Has the host been heard in time?
        case lease(slot: Int)
        /// May another agent be welcomed?
        case join
        /// Is the host back?
        case comeback(slot: Int)
        /// Have the pods of a lost host ended by themselves?
        case podLease(slot: Int)
        /// A failed pod may be replaced now, a JobSet's TTL or deadline has run out: its JobSet must look.
        case jobSet(ObjectName)
    }

    private struct Entry: Comparable, Sendable {
        let at: Instant
        /// Order of entry, which decides between equal moments.
        let number: UInt64
        let matter: Matter

        static func < (left: Entry, right: Entry) -> Bool { (left.at, left.number) < (right.at, right.number) }
        static func == (left: Entry, right: Entry) -> Bool { left.number == right.number }
    }

    private var entries = Heap<Entry>()
    private var nextNumber: UInt64 = 0

    var earliest: Instant? { entries.min?.at }

    mutating func add(_ matter: Matter, at moment: Instant) {
        entries.insert(Entry(at: moment, number: nextNumber, matter: matter))
        nextNumber += 1
    }

    /// Takes one matter that is due, the earliest first.
    mutating func takeDue(at now: Instant) -> Matter? {
        guard let first = entries.min, first.at <= now else { return nil }
        return entries.removeMin().matter
    }

    static func == (left: Agenda, right: Agenda) -> Bool {
        left.entries.unordered.sorted() == right.entries.unordered.sorted()
    }
}
