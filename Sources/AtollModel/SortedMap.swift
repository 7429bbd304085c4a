/// A map that iterates in key order, so that the same content gives the same bytes in every process.
///
/// A sorted array underneath: look-up is O(log n), insertion O(n). Meant for small maps (labels, a job's pods); big
/// tables use a dictionary beside an ordered array of keys.
///
/// Inlinable, for it is generic and in everybody's hands: unspecialised it costs ten times as much.
public struct SortedMap<Key: Comparable, Value> {
    @usableFromInline var sortedKeys: [Key] = []
    /// The value of each key, at the same index.
    @usableFromInline var matchingValues: [Value] = []

    @inlinable public init() {}

    /// The last of several equal keys wins.
    @inlinable
    public init(_ pairs: some Sequence<(Key, Value)>) {
        sortedKeys.reserveCapacity(pairs.underestimatedCount)
        matchingValues.reserveCapacity(pairs.underestimatedCount)
        for (key, value) in pairs { self[key] = value }
    }

    @inlinable public var keys: [Key] { sortedKeys }
    @inlinable public var values: [Value] { matchingValues }
    @inlinable public var count: Int { sortedKeys.count }
    @inlinable public var isEmpty: Bool { sortedKeys.isEmpty }

    @inlinable
    public subscript(key: Key) -> Value? {
        get {
            let index = position(of: key)
            return index < count && sortedKeys[index] == key ? matchingValues[index] : nil
        }
        set {
            let index = position(of: key)
            let exists = index < count && sortedKeys[index] == key
            switch (exists, newValue) {
            case (true, let value?): matchingValues[index] = value
            case (true, nil):
                sortedKeys.remove(at: index)
                matchingValues.remove(at: index)
            case (false, let value?) where index == count:
                sortedKeys.append(key)
                matchingValues.append(value)
            case (false, let value?):
                sortedKeys.insert(key, at: index)
                matchingValues.insert(value, at: index)
            case (false, nil): break
            }
        }
    }

    /// Adds the other's pairs; on equal keys the other's value wins.
    @inlinable
    public mutating func merge(_ other: SortedMap) {
        if isEmpty { return self = other }
        for (key, value) in other { self[key] = value }
    }

    @inlinable
    public func merging(_ other: SortedMap) -> SortedMap {
        var result = self
        result.merge(other)
        return result
    }

    @inlinable
    func position(of key: Key) -> Int {
        // Most maps are filled in order.
        guard let last = sortedKeys.last, key <= last else { return count }
        var low = 0
        var high = count - 1
        while low < high {
            let middle = (low + high) / 2
            if sortedKeys[middle] < key { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

extension SortedMap: Sequence {
    @inlinable
    public func makeIterator() -> Zip2Sequence<[Key], [Value]>.Iterator {
        zip(sortedKeys, matchingValues).makeIterator()
    }

    @inlinable public var underestimatedCount: Int { count }
}

extension SortedMap: ExpressibleByDictionaryLiteral {
    public init(dictionaryLiteral elements: (Key, Value)...) { self.init(elements) }
}

extension SortedMap: Equatable where Value: Equatable {}
extension SortedMap: Hashable where Key: Hashable, Value: Hashable {}
extension SortedMap: Sendable where Key: Sendable, Value: Sendable {}

extension SortedMap: Codable where Key == String, Value: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        // Sorted first: a dictionary's own order differs from process to process.
        self.init(try container.decode([String: Value].self).sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: MemberKey.self)
        for (key, value) in self { try container.encode(value, forKey: MemberKey(key)) }
    }
}

/// A key of a map, whatever it is.
private struct MemberKey: CodingKey {
    let stringValue: String

    var intValue: Int? { nil }

    init(_ name: String) { stringValue = name }
    init?(stringValue: String) { self.init(stringValue) }
    init?(intValue: Int) { nil }
}

/// Labels or annotations: key to value, in key order.
public typealias Labels = SortedMap<String, String>
