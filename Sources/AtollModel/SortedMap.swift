/// A map that iterates in key order, so that the same content gives the same bytes in every process.
///
/// A sorted array underneath: look-up is O(log n), insertion O(n). Meant for small maps (labels, a job's pods); big
/// tables use a dictionary beside an ordered array of keys.
public struct SortedMap<Key: Comparable, Value> {
    public private(set) var keys: [Key] = []
    public private(set) var values: [Value] = []

    public init() {}

    /// The last of several equal keys wins.
    public init(_ pairs: some Sequence<(Key, Value)>) {
        for (key, value) in pairs { self[key] = value }
    }

    public var count: Int { keys.count }
    public var isEmpty: Bool { keys.isEmpty }

    public subscript(key: Key) -> Value? {
        get {
            let index = position(of: key)
            return index < keys.count && keys[index] == key ? values[index] : nil
        }
        set {
            let index = position(of: key)
            let exists = index < keys.count && keys[index] == key
            switch (exists, newValue) {
            case (true, let value?): values[index] = value
            case (true, nil):
                keys.remove(at: index)
                values.remove(at: index)
            case (false, let value?):
                keys.insert(key, at: index)
                values.insert(value, at: index)
            case (false, nil): break
            }
        }
    }

    /// Adds the other's pairs; on equal keys the other's value wins.
    public mutating func merge(_ other: SortedMap) {
        for (key, value) in other { self[key] = value }
    }

    public func merging(_ other: SortedMap) -> SortedMap {
        var result = self
        result.merge(other)
        return result
    }

    private func position(of key: Key) -> Int {
        var low = 0
        var high = keys.count
        while low < high {
            let middle = (low + high) / 2
            if keys[middle] < key { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

extension SortedMap: Sequence {
    public func makeIterator() -> Zip2Sequence<[Key], [Value]>.Iterator { zip(keys, values).makeIterator() }
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
        var container = encoder.singleValueContainer()
        try container.encode(Dictionary(uniqueKeysWithValues: self.map { ($0, $1) }))
    }
}

/// Labels or annotations: key to value, in key order.
public typealias Labels = SortedMap<String, String>
