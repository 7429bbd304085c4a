public import AtollModel
public import AtollYAML

/// Objects of one kind as the lines of `atollctl get`.
public struct ObjectList: Sendable {
    private let kind: ObjectKind
    private let columns: [ObjectColumn]
    public var context: ListContext
    private var table: Table
    private var objects: [YAMLNode] = []

    public init(_ kind: ObjectKind, context: ListContext, isWide: Bool = false, showsNamespace: Bool = false) {
        self.kind = kind
        self.context = context
        let own = kind.columns.filter { isWide || !$0.isWide }
        columns = (showsNamespace && kind.isNamespaced ? [.namespace] : []) + own
        table = Table(
            columns.map {
                Table.Column(title: $0.title, alignment: $0.alignment, isShortened: $0.isShortened && !isWide)
            }
        )
    }

    public mutating func append(_ object: YAMLNode) {
        objects.append(object)
        table.append(row(object))
    }

    public func lines(showsTitles: Bool = true, isColored: Bool = false) -> [String] {
        table.lines(showsTitles: showsTitles, isColored: isColored)
    }

    /// What all of them come to, for kinds that have such a line.
    public var summary: String? { kind == .islands && !objects.isEmpty ? IslandSummary.text(of: objects) : nil }

    /// One more line under those of `lines`, for a watch; the object is not kept.
    public mutating func line(following object: YAMLNode, isColored: Bool = false) -> String {
        table.line(following: row(object), isColored: isColored)
    }

    private func row(_ object: YAMLNode) -> [Cell] { columns.map { $0.cell(object, context) } }
}

extension ObjectKind {
    fileprivate var columns: [ObjectColumn] {
        switch self {
        case .jobsets: ObjectColumn.jobSets
        case .jobs: ObjectColumn.jobs
        case .pods: ObjectColumn.pods
        case .hosts: ObjectColumn.hosts
        case .islands: ObjectColumn.islands
        case .devices: ObjectColumn.devices
        case .events: ObjectColumn.events
        case .persistentvolumeclaims: ObjectColumn.volumeClaims
        }
    }
}
