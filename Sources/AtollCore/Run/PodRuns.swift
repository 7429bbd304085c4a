import AtollModel

/// The pods of one job by index, and how many there are in each phase: counted as they change, never anew.
///
/// On disk a plain list.
public struct PodRuns: Equatable, Sendable {
    private var list: [PodRun]
    public private(set) var counts = PodCounts()

    init(count: Int) { list = Array(repeating: PodRun(), count: count) }

    public internal(set) subscript(index: Int) -> PodRun {
        get { list[index] }
        _modify {
            counts.count(list[index].phase, by: -1)
            defer { counts.count(list[index].phase, by: 1) }
            yield &list[index]
        }
    }

    /// True once no process of any of them can exist any more.
    var areGone: Bool { counts.active + counts.stopping + counts.unreachable == 0 }

    /// True when one has not been started or has failed, and so may have to start.
    var includeUnstarted: Bool {
        counts.active + counts.stopping + counts.unreachable + counts.succeeded < list.count
    }

    /// Adds pods that have not been started, with the next indexes.
    mutating func grow(to count: Int) {
        list += Array(repeating: PodRun(), count: Swift.max(0, count - list.count))
    }

    mutating func removeLast() {
        counts.count(list.removeLast().phase, by: -1)
    }

    public static func == (left: PodRuns, right: PodRuns) -> Bool { left.list == right.list }
}

extension PodRuns: RandomAccessCollection {
    public var startIndex: Int { 0 }
    public var endIndex: Int { list.count }
}

extension PodRuns: Codable {
    public init(from decoder: any Decoder) throws {
        list = try [PodRun](from: decoder)
        for pod in list { counts.count(pod.phase, by: 1) }
    }

    public func encode(to encoder: any Encoder) throws { try list.encode(to: encoder) }
}

/// Pods by phase; those that have not been started are in none.
public struct PodCounts: Equatable, Sendable {
    /// Told to run, seen running or not; `ready` are some of them.
    public internal(set) var active = 0, ready = 0
    public internal(set) var stopping = 0, unreachable = 0, succeeded = 0, failed = 0

    fileprivate mutating func count(_ phase: PodRun.Phase, by number: Int) {
        switch phase {
        case .idle: break
        case .assigned: active += number
        case .running(let running):
            active += number
            if running.isReady { ready += number }
        case .stopping: stopping += number
        case .unreachable: unreachable += number
        case .ended(let exit): if exit.succeeded { succeeded += number } else { failed += number }
        }
    }
}
