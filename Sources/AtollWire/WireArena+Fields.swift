import AtollModel
import CAtollWire

/// What a field of a C struct is set to: one call for each kind of field, the mirror image of `FieldReader`.
extension WireArena {
    typealias List<Element> = (count: Int, elements: UnsafeMutablePointer<Element>?)

    /// Text as a C string. A NUL cannot travel in one; U+FFFD takes its place, so that nothing is cut off unseen.
    func text(_ text: String) -> UnsafeMutablePointer<CChar> {
        var text = text
        if text.utf8.contains(0) { text = String(text.unicodeScalars.map { $0 == "\0" ? "\u{FFFD}" : Character($0) }) }
        return text.withUTF8 { utf8 in
            let copy = allocate(UInt8.self, count: utf8.count + 1)
            UnsafeMutableRawBufferPointer(start: copy, count: utf8.count).copyMemory(from: UnsafeRawBufferPointer(utf8))
            copy[utf8.count] = 0
            return UnsafeMutableRawPointer(copy).assumingMemoryBound(to: CChar.self)
        }
    }

    func bytes(_ bytes: [UInt8]) -> ProtobufCBinaryData {
        let (count, copy) = numbers(bytes)
        return ProtobufCBinaryData(len: count, data: copy)
    }

    func message<Value: WireValue>(_ value: Value) -> UnsafeMutablePointer<Value.C> {
        let c = allocate(Value.C.self)
        Value.clear(c)
        value.write(to: &c.pointee, in: self)
        return c
    }

    func optional<Value: WireValue>(_ value: Value?) -> UnsafeMutablePointer<Value.C>? {
        guard let value else { return nil }
        return message(value)
    }

    /// A message without fields, given its generated `..._init`.
    func empty<C>(_ clear: (UnsafeMutablePointer<C>?) -> Void) -> UnsafeMutablePointer<C> {
        let c = allocate(C.self)
        clear(c)
        return c
    }

    func messages<Value: WireValue>(_ values: [Value]) -> List<UnsafeMutablePointer<Value.C>?> {
        let elements = allocate(UnsafeMutablePointer<Value.C>?.self, count: values.count)
        for (index, value) in values.enumerated() {
            (elements + index).initialize(to: message(value))
        }
        return (values.count, elements)
    }

    func texts(_ texts: [String]) -> List<UnsafeMutablePointer<CChar>?> {
        let elements = allocate(UnsafeMutablePointer<CChar>?.self, count: texts.count)
        for (index, text) in texts.enumerated() {
            (elements + index).initialize(to: self.text(text))
        }
        return (texts.count, elements)
    }

    /// Fixed-size numbers, which need no conversion.
    func numbers<Number: FixedWidthInteger>(_ numbers: [Number]) -> List<Number> {
        let elements = allocate(Number.self, count: numbers.count)
        elements.initialize(from: numbers, count: numbers.count)
        return (numbers.count, elements)
    }

    func labels(_ labels: Labels) -> List<UnsafeMutablePointer<Label.C>?> {
        messages(labels.map { Label(key: $0, value: $1) })
    }
}
