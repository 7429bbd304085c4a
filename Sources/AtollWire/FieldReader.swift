import AtollModel
import CAtollWire

/// Reads the fields of a C struct: one call for each kind of field, the mirror image of `WireArena+Fields`.
///
/// Whatever is in the struct, nothing here traps: it comes from a peer.
struct FieldReader {
    /// The message's name in `proto/`, for errors.
    let message: StaticString

    init(_ message: StaticString) { self.message = message }

    func text(_ pointer: UnsafeMutablePointer<CChar>?, _ field: StaticString) throws(WireError) -> String {
        guard let pointer else { return "" }
        guard let text = String(validatingCString: pointer) else {
            throw WireError(.invalidText, "\(message).\(field) is not UTF-8.")
        }
        return text
    }

    func bytes(_ data: ProtobufCBinaryData) -> [UInt8] { numbers(data.data, data.len) }

    func message<Value: WireValue>(
        _ pointer: UnsafeMutablePointer<Value.C>?,
        _ field: StaticString
    ) throws(WireError) -> Value {
        guard let pointer else { throw missing(field) }
        return try Value(wire: pointer.pointee)
    }

    /// A message without a value of its own.
    func plain<C>(_ pointer: UnsafeMutablePointer<C>?, _ field: StaticString) throws(WireError) -> C {
        guard let pointer else { throw missing(field) }
        return pointer.pointee
    }

    func optional<Value: WireValue>(_ pointer: UnsafeMutablePointer<Value.C>?) throws(WireError) -> Value? {
        guard let pointer else { return nil }
        return try Value(wire: pointer.pointee)
    }

    func messages<Value: WireValue>(
        _ elements: UnsafeMutablePointer<UnsafeMutablePointer<Value.C>?>?,
        _ count: Int
    ) throws(WireError) -> [Value] {
        var values: [Value] = []
        for case let element? in UnsafeBufferPointer(start: elements, count: count) {
            values.append(try Value(wire: element.pointee))
        }
        return values
    }

    func texts(
        _ elements: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?,
        _ count: Int,
        _ field: StaticString
    ) throws(WireError) -> [String] {
        var texts: [String] = []
        for element in UnsafeBufferPointer(start: elements, count: count) {
            texts.append(try text(element, field))
        }
        return texts
    }

    func numbers<Number: FixedWidthInteger>(_ elements: UnsafeMutablePointer<Number>?, _ count: Int) -> [Number] {
        Array(UnsafeBufferPointer(start: elements, count: count))
    }

    func labels(
        _ elements: UnsafeMutablePointer<UnsafeMutablePointer<Label.C>?>?,
        _ count: Int
    ) throws(WireError) -> Labels {
        let labels: [Label] = try messages(elements, count)
        // Inserting in any other order would be quadratic, which a peer could make use of.
        return Labels(labels.sorted { $0.key < $1.key }.lazy.map { ($0.key, $0.value) })
    }

    func choice<Value: WireEnum>(_ c: Value.C, _ field: StaticString) throws(WireError) -> Value {
        guard let value = Value.allCases.first(where: { $0.wire.rawValue == c.rawValue }) else {
            throw unknown(c.rawValue, field)
        }
        return value
    }

    func duration(_ nanoseconds: Int64, _ field: StaticString) throws(WireError) -> Duration {
        guard nanoseconds >= 0 else { throw WireError(.invalidValue, "\(message).\(field) is negative.") }
        return .nanoseconds(nanoseconds)
    }

    /// Every message that has one calls it the same.
    func port(_ number: UInt32) throws(WireError) -> UInt16 {
        guard let port = UInt16(exactly: number) else {
            throw WireError(.invalidValue, "\(message).port is above 65535.")
        }
        return port
    }

    /// Every message that has one calls it the same. Nil for 0, none.
    func podLease(_ nanoseconds: Int64) throws(WireError) -> Duration? {
        guard nanoseconds != 0 else { return nil }
        let lease = Duration.nanoseconds(nanoseconds)
        guard HostFacts.podLeases.contains(lease) else {
            throw WireError(.invalidValue, "\(message).pod_lease_ns is neither 0 nor within \(HostFacts.podLeases).")
        }
        return lease
    }

    func missing(_ field: StaticString) -> WireError { WireError(.missing, "\(message).\(field) is missing.") }

    func unknown(_ number: UInt32, _ field: StaticString) -> WireError {
        guard number != 0 else { return missing(field) }
        return WireError(.invalidValue, "\(message).\(field) has the unknown value \(number).")
    }
}
