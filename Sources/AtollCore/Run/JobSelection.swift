/// The child jobs that a round has to look at.
enum JobSelection: Equatable, Sendable {
    /// Something has happened to the JobSet, its hosts or a deadline.
    case all
    /// Nothing has happened but to these jobs. In any order; may repeat.
    case some([JobPosition])

    mutating func add(_ position: JobPosition) {
        // Pods of one job tend to come one after the other.
        if case .some(let known) = self, known.last == position { return }
        add([position])
    }

    mutating func add(_ positions: [JobPosition]) {
        guard case .some(var known) = self else { return }
        // Nobody else holds the list while it grows, so it is not copied.
        self = .all
        known += positions
        self = .some(known)
    }
}

extension JobSetRun {
    /// In spec order, each once.
    func positions(in selection: JobSelection) -> [JobPosition] {
        switch selection {
        case .all: return positions
        case .some(let some):
            var last: JobPosition?
            return some.sorted().filter { position in
                defer { last = position }
                return position != last
            }
        }
    }
}

extension JobPosition: Comparable {
    public static func < (left: JobPosition, right: JobPosition) -> Bool {
        (left.replicatedJob, left.index) < (right.replicatedJob, right.index)
    }
}
