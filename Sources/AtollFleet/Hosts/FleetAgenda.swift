import AtollModel
import HeapModule

/// What is to happen in a fleet.
enum FleetEvent: Equatable, Sendable {
    case agentWakes(host: Int, at: Int64)
    case podStarts(PodPlace)
    case podWakes(PodPlace, at: Int64)
    case containerEnds(PodPlace, container: Int, life: Int, PodExit.Cause)
    case command(FleetCommand)
}

/// A pod on a host, during one boot of it.
struct PodPlace: Equatable, Sendable {
    var host: Int
    var boot: Int
    var pod: PodID
}

/// Events by time, those of one moment in the order in which they came.
struct FleetAgenda: Sendable {
    private struct Entry: Comparable, Sendable {
        var time: Int64
        var sequence: UInt64
        var event: FleetEvent

        static func < (left: Entry, right: Entry) -> Bool { (left.time, left.sequence) < (right.time, right.sequence) }
    }

    private var heap = Heap<Entry>()
    private var sequence: UInt64 = 0

    /// When the first of them is due, in nanoseconds of the monotonic clock.
    var next: Int64? { heap.min?.time }

    mutating func add(_ event: FleetEvent, at time: Int64) {
        sequence += 1
        heap.insert(Entry(time: time, sequence: sequence, event: event))
    }

    mutating func due(at now: Int64) -> FleetEvent? {
        guard let first = heap.min, first.time <= now else { return nil }
        return heap.removeMin().event
    }
}
