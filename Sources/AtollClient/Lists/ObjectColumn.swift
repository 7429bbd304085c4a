public import AtollModel
public import AtollYAML

/// One column of a list of objects: its title and what an object shows there.
struct ObjectColumn: Sendable {
    var title: String
    var alignment = Table.Alignment.left
    /// Only with `-o wide`.
    var isWide = false
    var isShortened = false
    var cell: @Sendable (YAMLNode, ListContext) -> Cell
}

/// What a list needs beside its objects.
public struct ListContext: Sendable {
    public var now: Timestamp
    /// Islands of each host, the smallest first.
    var islandsByHost: [String: [String]]

    /// - Parameter islands: the island objects, for lists of hosts.
    public init(now: Timestamp, islands: [YAMLNode] = []) {
        self.now = now
        islandsByHost = [:]
        for island in islands.sorted(by: { $0.hostCount < $1.hostCount }) {
            for host in island.texts("status", "hostNames") {
                islandsByHost[host, default: []].append(island.objectName)
            }
        }
    }

    /// How long ago that was; nil when it is unknown.
    func age(_ time: Timestamp?) -> String? { time.map { Age.text(from: $0, to: now) } }
}

extension ObjectColumn {
    static let name = ObjectColumn(title: "NAME") { object, _ in Cell(object.objectName) }
    static let namespace = ObjectColumn(title: "NAMESPACE") { object, _ in Cell(object.objectNamespace) }
    static let state = ObjectColumn(title: "STATE") { object, _ in .state(object.text("status", "state")) }
    static let age = ObjectColumn(title: "AGE") { object, context in Cell(context.age(object.startTime)) }

    static func text(_ title: String, isWide: Bool = false, _ path: String...) -> ObjectColumn {
        ObjectColumn(title: title, isWide: isWide) { object, _ in
            Cell(path.reduce(Optional(object)) { node, key in node?[key] }?.scalarText)
        }
    }

    static func number(
        _ title: String,
        isWide: Bool = false,
        _ value: @Sendable @escaping (YAMLNode) -> String?
    ) -> ObjectColumn {
        ObjectColumn(title: title, alignment: .right, isWide: isWide) { object, _ in Cell(value(object)) }
    }
}

extension YAMLNode {
    /// When it was made, or for a pod when it was last started or ended.
    fileprivate var startTime: Timestamp? {
        time("metadata", "creationTimestamp") ?? time("status", "startTime") ?? time("status", "finishTime")
    }

    var hostCount: Int { number("status", "hosts") ?? 0 }

    /// `2/4`, from two numbers of the status.
    func share(_ part: String, of whole: String) -> String? {
        guard let part = number("status", part), let whole = number("status", whole) else { return nil }
        return "\(part)/\(whole)"
    }
}
