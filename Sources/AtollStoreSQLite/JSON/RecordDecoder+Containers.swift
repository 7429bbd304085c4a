/// An object.
struct StoredMembers<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let tape: JSONTape
    let index: Int

    private var decoder: RecordDecoder { RecordDecoder(tape: tape, index: index) }
    var codingPath: [any CodingKey] { decoder.codingPath }

    var allKeys: [Key] {
        var keys: [Key] = []
        var key = index + 1
        while key < tape.entries[index].next {
            if let name = tape.string(at: key), let known = Key(stringValue: name) { keys.append(known) }
            key = tape.entries[key + 1].next
        }
        return keys
    }

    /// One after the other: there are a dozen at most, mostly in the order in which they are asked for.
    private func find(_ key: Key) -> RecordDecoder? {
        let name = key.stringValue
        var place = index + 1
        let end = tape.entries[index].next
        while place < end {
            if tape.isString(at: place, name) { return RecordDecoder(tape: tape, index: place + 1) }
            place = tape.entries[place + 1].next
        }
        return nil
    }

    private func value(_ key: Key) throws -> RecordDecoder {
        guard let found = find(key) else { throw decoder.missing(key) }
        return found
    }

    func contains(_ key: Key) -> Bool { find(key) != nil }
    func decodeNil(forKey key: Key) throws -> Bool { try value(key).isNull }
    func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool { try value(key).bool() }
    func decode(_ type: String.Type, forKey key: Key) throws -> String { try value(key).string() }
    func decode(_ type: Double.Type, forKey key: Key) throws -> Double { try value(key).float(type) }
    func decode(_ type: Float.Type, forKey key: Key) throws -> Float { try value(key).float(type) }

    func decode<Number: FixedWidthInteger & Decodable>(_ type: Number.Type, forKey key: Key) throws -> Number {
        try value(key).integer(type)
    }

    func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
        try Value(from: try value(key))
    }

    // Looked for once; the protocol's own would look three times.

    private func present(_ key: Key) -> RecordDecoder? { find(key).flatMap { $0.isNull ? nil : $0 } }

    func decodeIfPresent(_ type: Bool.Type, forKey key: Key) throws -> Bool? { try present(key)?.bool() }
    func decodeIfPresent(_ type: String.Type, forKey key: Key) throws -> String? { try present(key)?.string() }
    func decodeIfPresent(_ type: Double.Type, forKey key: Key) throws -> Double? { try present(key)?.float(type) }
    func decodeIfPresent(_ type: Float.Type, forKey key: Key) throws -> Float? { try present(key)?.float(type) }

    func decodeIfPresent<Number: FixedWidthInteger & Decodable>(
        _ type: Number.Type,
        forKey key: Key
    ) throws -> Number? { try present(key)?.integer(type) }

    func decodeIfPresent<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value? {
        try present(key).map { try Value(from: $0) }
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type,
        forKey key: Key
    ) throws -> KeyedDecodingContainer<Nested> {
        try value(key).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        try value(key).unkeyedContainer()
    }

    func superDecoder() -> any Decoder { preconditionFailure("records are no classes") }
    func superDecoder(forKey key: Key) -> any Decoder { preconditionFailure("records are no classes") }
}

/// An array.
struct StoredElements: UnkeyedDecodingContainer {
    let tape: JSONTape
    let index: Int
    private(set) var currentIndex = 0
    /// The entry of the next element.
    private var place: Int

    init(tape: JSONTape, index: Int) {
        self.tape = tape
        self.index = index
        place = index + 1
    }

    private var decoder: RecordDecoder { RecordDecoder(tape: tape, index: index) }
    var codingPath: [any CodingKey] { decoder.codingPath }
    var count: Int? { tape.entries[index].count }
    var isAtEnd: Bool { currentIndex >= tape.entries[index].count }

    private mutating func next(_ type: Any.Type) throws -> RecordDecoder {
        guard !isAtEnd else { throw decoder.missing(type) }
        defer {
            place = tape.entries[place].next
            currentIndex += 1
        }
        return RecordDecoder(tape: tape, index: place)
    }

    mutating func decodeNil() throws -> Bool {
        guard !isAtEnd else { throw decoder.missing(Any?.self) }
        guard RecordDecoder(tape: tape, index: place).isNull else { return false }
        _ = try next(Any?.self)
        return true
    }

    mutating func decode(_ type: Bool.Type) throws -> Bool { try next(type).bool() }
    mutating func decode(_ type: String.Type) throws -> String { try next(type).string() }
    mutating func decode(_ type: Double.Type) throws -> Double { try next(type).float(type) }
    mutating func decode(_ type: Float.Type) throws -> Float { try next(type).float(type) }

    mutating func decode<Number: FixedWidthInteger & Decodable>(_ type: Number.Type) throws -> Number {
        try next(type).integer(type)
    }

    mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value { try Value(from: try next(type)) }

    mutating func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type
    ) throws -> KeyedDecodingContainer<Nested> {
        try next([String: Any].self).container(keyedBy: type)
    }

    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
        try next([Any].self).unkeyedContainer()
    }

    func superDecoder() -> any Decoder { preconditionFailure("records are no classes") }
}

/// Whatever stands there.
struct StoredValue: SingleValueDecodingContainer {
    let decoder: RecordDecoder

    var codingPath: [any CodingKey] { decoder.codingPath }

    func decodeNil() -> Bool { decoder.isNull }
    func decode(_ type: Bool.Type) throws -> Bool { try decoder.bool() }
    func decode(_ type: String.Type) throws -> String { try decoder.string() }
    func decode(_ type: Double.Type) throws -> Double { try decoder.float(type) }
    func decode(_ type: Float.Type) throws -> Float { try decoder.float(type) }

    func decode<Number: FixedWidthInteger & Decodable>(_ type: Number.Type) throws -> Number {
        try decoder.integer(type)
    }

    func decode<Value: Decodable>(_ type: Value.Type) throws -> Value { try Value(from: decoder) }
}
