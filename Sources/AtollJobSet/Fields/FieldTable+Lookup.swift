/// No field has the name that was looked for.
public struct UnknownField: Error, Equatable, Sendable {
    /// The path as far as it is known, without the unknown step; empty at the top.
    public var parent: String
    /// The step that leads nowhere.
    public var name: String
    /// The path that was most likely meant; nil when none is near.
    public var nearest: String?
}

extension FieldTable {
    /// The fields along a path such as `spec.replicatedJobs[0].template`, the one that is meant last; indexes and keys
    /// in brackets are passed over. Empty for an empty path, which means the whole object.
    public func fields(at path: String) throws(UnknownField) -> [Field] {
        let names = Self.names(in: path)
        let found = walk(names)
        guard found.count < names.count else { return found }
        throw UnknownField(
            parent: found.map(\.name).joined(separator: "."),
            name: names[found.count],
            nearest: nearest(to: names)?.joined(separator: ".")
        )
    }

    private static func names(in path: String) -> [String] {
        var depth = 0
        var names = [""]
        for character in path {
            switch character {
            case "[": depth += 1
            case "]": depth -= 1
            case "." where depth <= 0: names.append("")
            default: if depth <= 0 { names[names.count - 1].append(character) }
            }
        }
        return names == [""] ? [] : names
    }

    /// The fields from here on until a name is unknown.
    private func walk(_ names: [String]) -> [Field] {
        var found: [Field] = []
        var table: FieldTable? = self
        for name in names {
            guard let field = table?[name] else { break }
            found.append(field)
            table = field.type.table
        }
        return found
    }

    /// The path that ends in these names, else the one that they are near to letter by letter, else the one that ends
    /// in most of them.
    private func nearest(to names: [String]) -> [String]? {
        if let path = path(endingIn: names) ?? respelt(names) { return path }
        return names.indices.dropFirst().lazy.compactMap { path(endingIn: Array(names[$0...])) }.first
    }

    private func respelt(_ names: [String]) -> [String]? {
        var path: [String] = []
        var table: FieldTable? = self
        for name in names {
            guard let near = table?.nearestName(to: name), let field = table?[near] else { return nil }
            path.append(near)
            table = field.type.table
        }
        return path
    }

    /// The shortest path that ends in the names, whatever their case.
    private func path(endingIn names: [String]) -> [String]? {
        let wanted = names.map { $0.lowercased() }
        var level: [(path: [String], table: FieldTable)] = [([], self)]
        while !level.isEmpty {
            var next: [(path: [String], table: FieldTable)] = []
            for (path, table) in level {
                for field in table.fields {
                    let here = path + [field.name]
                    if here.suffix(wanted.count).map({ $0.lowercased() }) == wanted { return here }
                    if let inner = field.type.table { next.append((here, inner)) }
                }
            }
            level = next
        }
        return nil
    }
}

extension FieldType {
    /// The fields of what is held; nil for what has none.
    public var table: FieldTable? {
        switch self {
        case .object(let table), .objects(let table, _, _): table
        case .any, .text, .integerOrText, .boolean, .int32, .int64, .int32s, .choice, .texts, .textMap, .quantity,
            .quantities:
            nil
        }
    }
}
