import AtollJobSet
import AtollModel

/// What `atollctl explain` says about a field: its type, default, meaning and whether Atoll honours it. Everything
/// comes from the tables that manifests are checked with.
public struct Explanation: Sendable {
    let path: String
    /// Nil for the JobSet itself.
    let field: Field?
    let table: FieldTable?

    /// - Parameter words: `spec.failurePolicy`, also after the name of the kind, `jobset.spec.failurePolicy`; empty
    ///   for the JobSet itself.
    public init(of words: String) throws(UsageError) {
        let first = words.prefix { $0 != "." }
        let isKind = ObjectKind.jobsets.words.contains(first.lowercased())
        let path = String(isKind ? words.dropFirst(first.count + 1) : words[...])
        do throws(UnknownField) {
            let fields = try FieldTable.jobSet.fields(at: path)
            self.path = fields.map(\.name).joined(separator: ".")
            field = fields.last
            table = field.map { $0.type.table } ?? FieldTable.jobSet
        } catch {
            throw UsageError(Self.advice(error))
        }
    }

    private static func advice(_ unknown: UnknownField) -> String {
        let place = (["jobset"] + (unknown.parent.isEmpty ? [] : [unknown.parent])).joined(separator: ".")
        let remedy =
            unknown.nearest.map { "did you mean jobset.\($0)?" } ?? "to see its fields: atollctl explain \(place)"
        return "\(place) has no field \"\(unknown.name)\"; \(remedy)".printable
    }

    /// - Parameters:
    ///   - width: columns that lines of prose may have.
    ///   - isRecursive: the fields of fields too, then only by name and type.
    public func lines(width: Int = 80, isRecursive: Bool = false, isColored: Bool = false) -> [String] {
        var lines = head(width: width).lines(isColored: isColored)
        lines += ["", "DESCRIPTION:"] + (field?.meaning ?? Self.jobSetMeaning).wrapped(to: width, indent: 4)
        guard let table else { return lines }
        let fields = isRecursive ? Self.tree(of: table) : table.fields.flatMap { $0.entry(width: width) }
        return lines + ["", "FIELDS:"] + fields
    }

    private static let jobSetMeaning = "Jobs that start together, find each other by name, and succeed or fail as one."

    private func head(width: Int) -> Page {
        var page = Page()
        page.field("KIND", JobSet.kind)
        page.field("VERSION", JobSet.apiVersion)
        guard let field else { return page }
        func prose(_ label: String, _ texts: [String]) {
            page.field(label, values: texts.flatMap { $0.wrapped(to: width - "VERSION:  ".count) })
        }
        page.field("FIELD", path)
        page.field("TYPE", field.typeText + (field.isRequired ? ", required" : ""))
        page.field("DEFAULT", field.defaultText)
        prose("VALUES", field.type.valuesTexts)
        page.field("SUPPORT", cell: Cell(field.treatment.text, style: field.treatment.style))
        prose("REASON", [field.treatment.reason].compactMap(\.self))
        return page
    }

    private static func tree(of table: FieldTable, depth: Int = 0) -> [String] {
        table.fields.flatMap { field in
            let line = String(repeating: "  ", count: depth + 1) + field.title
            return [line] + (field.type.table.map { tree(of: $0, depth: depth + 1) } ?? [])
        }
    }
}

extension Field {
    /// `name <string> -required-`, and what becomes of it unless it is honoured.
    fileprivate var title: String {
        let marks = (isRequired ? " -required-" : "") + (treatment.mark.map { " (\($0))" } ?? "")
        return "\(name) <\(typeText)>\(marks)"
    }

    /// One field in the list of its parent.
    fileprivate func entry(width: Int) -> [String] {
        let notes = [defaultText.map { "Default: \($0)." }, treatment.reason.map { "Reason: \($0)." }]
        let prose = ([meaning] + notes.compactMap(\.self)).joined(separator: " ")
        return ["  \(title)"] + prose.wrapped(to: width, indent: 4)
    }
}
