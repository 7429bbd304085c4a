/// Reads what `RecordEncoder` writes, and any other JSON of the same shape.
///
/// Foundation's decoder took 57 us for a host with eight devices; 15,000 of them were most of a coordinator's start.
struct RecordDecoder: Decoder {
    let tape: JSONTape
    /// Of the value's entry.
    let index: Int

    var userInfo: [CodingUserInfoKey: Any] { [:] }

    /// Throws `DecodingError` only.
    static func value<Value: Decodable>(_ type: Value.Type, from text: String) throws -> Value {
        let tape: JSONTape
        do {
            tape = try JSONTape(text)
        } catch {
            let description = "\(error.message), at byte \(error.offset)"
            throw DecodingError.dataCorrupted(.init(codingPath: [], debugDescription: description))
        }
        return try Value(from: RecordDecoder(tape: tape, index: 0))
    }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        guard tape.entries[index].kind == .object else { throw mismatch([String: Any].self) }
        return KeyedDecodingContainer(StoredMembers<Key>(tape: tape, index: index))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        guard tape.entries[index].kind == .array else { throw mismatch([Any].self) }
        return StoredElements(tape: tape, index: index)
    }

    func singleValueContainer() -> any SingleValueDecodingContainer { StoredValue(decoder: self) }

    // MARK: Values

    var isNull: Bool { tape.entries[index].kind == .null }

    func bool() throws -> Bool {
        switch tape.entries[index].kind {
        case .isTrue: true
        case .isFalse: false
        case .object, .array, .string, .escapedString, .number, .null: throw mismatch(Bool.self)
        }
    }

    func string() throws -> String {
        guard let string = tape.string(at: index) else { throw mismatch(String.self) }
        return string
    }

    func float<Number: BinaryFloatingPoint & LosslessStringConvertible>(_ type: Number.Type) throws -> Number {
        guard let digits = tape.number(at: index) else { throw mismatch(type) }
        guard let number = Number(String(decoding: digits, as: UTF8.self)) else { throw corrupted("no number") }
        return number
    }

    func integer<Number: FixedWidthInteger>(_ type: Number.Type) throws -> Number {
        guard let digits = tape.number(at: index) else { throw mismatch(type) }
        guard let number = Number(String(decoding: digits, as: UTF8.self)) else {
            throw corrupted("a number that does not fit in \(type)")
        }
        return number
    }

    // MARK: Errors

    /// The keys and positions that lead to the value, found by way of the tape.
    var codingPath: [any CodingKey] {
        var path: [any CodingKey] = []
        var place = 0
        while place < index { path.append(step(from: &place)) }
        return path
    }

    /// Goes on from a container to that of its values in which ours is.
    private func step(from place: inout Int) -> StoredKey {
        let isObject = tape.entries[place].kind == .object
        var number = 0
        place += isObject ? 2 : 1
        while tape.entries[place].next <= index {
            place = tape.entries[place].next + (isObject ? 1 : 0)
            number += 1
        }
        return isObject ? StoredKey(tape.string(at: place - 1) ?? "") : StoredKey(number)
    }

    func mismatch(_ type: Any.Type) -> DecodingError {
        let description = "there is another kind of value"
        return DecodingError.typeMismatch(type, .init(codingPath: codingPath, debugDescription: description))
    }

    func corrupted(_ description: String) -> DecodingError {
        DecodingError.dataCorrupted(.init(codingPath: codingPath, debugDescription: description))
    }

    func missing(_ key: any CodingKey) -> DecodingError {
        DecodingError.keyNotFound(key, .init(codingPath: codingPath, debugDescription: "there is no such member"))
    }

    func missing(_ type: Any.Type) -> DecodingError {
        DecodingError.valueNotFound(type, .init(codingPath: codingPath, debugDescription: "there are no more elements"))
    }
}

/// Any key, or a position.
struct StoredKey: CodingKey {
    let stringValue: String
    let intValue: Int?

    init(_ name: String) {
        stringValue = name
        intValue = nil
    }

    init(_ position: Int) {
        stringValue = "\(position)"
        intValue = position
    }

    init?(stringValue: String) { self.init(stringValue) }
    init?(intValue: Int) { self.init(intValue) }
}
