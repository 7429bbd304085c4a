/// How one text becomes another, line by line, in the unified form of POSIX `diff -u`.
struct LineDiff {
    private enum Edit: Character {
        case kept = " "
        case removed = "-"
        case added = "+"

        var style: Style? {
            switch self {
            case .kept: nil
            case .removed: .bad
            case .added: .good
            }
        }
    }

    /// Lines around a change that show where it is.
    static let context = 3
    /// Lines between the first and the last change, of both texts, that are compared one with another; where there are
    /// more, all of the old ones go and all of the new ones come, as finding the fewest changes would take too long.
    static let comparedMax = 4000

    private var edits: [(kind: Edit, line: String)] = []

    init(from old: [String], to new: [String]) {
        let start = zip(old, new).prefix { $0 == $1 }.count
        let end = zip(old.dropFirst(start).reversed(), new.dropFirst(start).reversed()).prefix { $0 == $1 }.count
        append(old[..<start], as: .kept)
        appendChanges(from: Array(old[start..<(old.count - end)]), to: Array(new[start..<(new.count - end)]))
        append(old[(old.count - end)...], as: .kept)
    }

    private mutating func append(_ lines: some Sequence<String>, as kind: Edit) {
        for line in lines { edits.append((kind, line)) }
    }

    private mutating func appendChanges(from old: [String], to new: [String]) {
        guard !old.isEmpty, !new.isEmpty, old.count + new.count <= Self.comparedMax else {
            append(old, as: .removed)
            append(new, as: .added)
            return
        }
        var (removals, insertions): (Set<Int>, Set<Int>) = ([], [])
        for change in new.difference(from: old) {
            switch change {
            case .remove(let offset, _, _): removals.insert(offset)
            case .insert(let offset, _, _): insertions.insert(offset)
            }
        }
        var (oldIndex, newIndex) = (0, 0)
        while oldIndex < old.count || newIndex < new.count {
            if removals.contains(oldIndex) {
                edits.append((.removed, old[oldIndex]))
                oldIndex += 1
            } else if insertions.contains(newIndex) {
                edits.append((.added, new[newIndex]))
                newIndex += 1
            } else {
                edits.append((.kept, old[oldIndex]))
                (oldIndex, newIndex) = (oldIndex + 1, newIndex + 1)
            }
        }
    }

    /// The changes with the lines around them, each part under its `@@` line; empty where nothing changes.
    func lines(isColored: Bool = false) -> [String] {
        var lines: [String] = []
        var (next, oldCount, newCount) = (0, 0, 0)
        for range in parts {
            oldCount += range.lowerBound - next
            newCount += range.lowerBound - next
            let part = edits[range]
            let (old, new) = (part.count { $0.kind != .added }, part.count { $0.kind != .removed })
            let place = "@@ -\(Self.place(after: oldCount, old)) +\(Self.place(after: newCount, new)) @@"
            lines.append(isColored ? Style.place.applied(to: place) : place)
            for edit in part {
                let line = String(edit.kind.rawValue) + edit.line
                lines.append(edit.kind.style.map { isColored ? $0.applied(to: line) : line } ?? line)
            }
            (next, oldCount, newCount) = (range.upperBound, oldCount + old, newCount + new)
        }
        return lines
    }

    /// The ranges of edits to show; those that touch are one.
    private var parts: [Range<Int>] {
        var parts: [Range<Int>] = []
        for index in edits.indices where edits[index].kind != .kept {
            let range = max(0, index - Self.context)..<min(edits.count, index + Self.context + 1)
            if let last = parts.last, last.upperBound >= range.lowerBound {
                parts[parts.count - 1] = last.lowerBound..<range.upperBound
            } else {
                parts.append(range)
            }
        }
        return parts
    }

    /// First line and count; the count of one is left out, and no lines are counted from the line before.
    private static func place(after before: Int, _ count: Int) -> String {
        switch count {
        case 0: "\(before),0"
        case 1: "\(before + 1)"
        default: "\(before + 1),\(count)"
        }
    }
}
