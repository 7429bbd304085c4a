// The containers are thin: each says where its next value goes, and the encoder writes it. One generic method stands for
// those of all integers.

/// An object.
struct RecordMembers<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let encoder: RecordEncoder
    let depth: Int

    var codingPath: [any CodingKey] { [] }

    private func at(_ key: Key) -> RecordEncoder {
        encoder.separate(at: depth, key: key)
        return encoder
    }

    func encodeNil(forKey key: Key) { at(key).writeNull() }

    func encode(_ value: Bool, forKey key: Key) { at(key).write(value) }

    func encode(_ value: String, forKey key: Key) { at(key).write(value) }

    func encode(_ value: Double, forKey key: Key) throws { try at(key).write(value) }

    func encode(_ value: Float, forKey key: Key) throws { try at(key).write(value) }

    func encode<Number: FixedWidthInteger & Encodable>(_ value: Number, forKey key: Key) { at(key).write(value) }

    func encode<Value: Encodable>(_ value: Value, forKey key: Key) throws { try at(key).embed(value) }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type,
        forKey key: Key
    ) -> KeyedEncodingContainer<Nested> { at(key).container(keyedBy: type) }

    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer { at(key).unkeyedContainer() }

    func superEncoder() -> any Encoder { preconditionFailure("records are no classes") }

    func superEncoder(forKey key: Key) -> any Encoder { preconditionFailure("records are no classes") }
}

/// An array.
struct RecordElements: UnkeyedEncodingContainer {
    let encoder: RecordEncoder
    let depth: Int
    private(set) var count = 0

    init(encoder: RecordEncoder, depth: Int) {
        self.encoder = encoder
        self.depth = depth
    }

    var codingPath: [any CodingKey] { [] }

    private mutating func next() -> RecordEncoder {
        encoder.separate(at: depth)
        count += 1
        return encoder
    }

    mutating func encodeNil() { next().writeNull() }

    mutating func encode(_ value: Bool) { next().write(value) }

    mutating func encode(_ value: String) { next().write(value) }

    mutating func encode(_ value: Double) throws { try next().write(value) }

    mutating func encode(_ value: Float) throws { try next().write(value) }

    mutating func encode<Number: FixedWidthInteger & Encodable>(_ value: Number) { next().write(value) }

    mutating func encode<Value: Encodable>(_ value: Value) throws { try next().embed(value) }

    mutating func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) -> KeyedEncodingContainer<Nested> {
        next().container(keyedBy: type)
    }

    mutating func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { next().unkeyedContainer() }

    func superEncoder() -> any Encoder { preconditionFailure("records are no classes") }
}

/// Whatever stands where a value is due.
struct RecordValue: SingleValueEncodingContainer {
    let encoder: RecordEncoder

    var codingPath: [any CodingKey] { [] }

    func encodeNil() { encoder.writeNull() }
    func encode(_ value: Bool) { encoder.write(value) }
    func encode(_ value: String) { encoder.write(value) }
    func encode(_ value: Double) throws { try encoder.write(value) }
    func encode(_ value: Float) throws { try encoder.write(value) }
    func encode<Number: FixedWidthInteger & Encodable>(_ value: Number) { encoder.write(value) }
    func encode<Value: Encodable>(_ value: Value) throws { try encoder.embed(value) }
}
