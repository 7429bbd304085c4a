import AtollModel
import CAtollWire

/// A value with a message of its own in `proto/`. Conformances lie in one file for each proto file.
protocol WireValue {
    /// The struct that protoc-c generated.
    associatedtype C

    /// Calls the generated `..._init`.
    static func clear(_ c: UnsafeMutablePointer<C>)

    /// Sets every field of a cleared struct; what it points to lives in the arena.
    func write(to c: inout C, in arena: borrowing WireArena)

    /// Copies; nothing in the value points into the struct.
    init(wire c: C) throws(WireError)
}

/// An enumeration with one in `proto/`, where 0 is reserved for "unspecified".
protocol WireEnum: CaseIterable {
    associatedtype C: RawRepresentable<UInt32>

    var wire: C { get }
}

/// A message that is encoded on its own.
protocol WireRoot: WireValue {
    /// Calls the generated `..._unpack`.
    static func unpack(
        _ allocator: UnsafeMutablePointer<ProtobufCAllocator>,
        _ count: Int,
        _ bytes: UnsafePointer<UInt8>?
    ) -> UnsafeMutablePointer<C>?
}

extension WireRoot {
    /// The message after `headerBytes` bytes for the caller to fill, which are 0 now.
    func packed(headerBytes: Int = 0) -> [UInt8] {
        let arena = WireArena()
        defer { withExtendedLifetime(arena) {} }  // `c` points into it
        let c = UnsafeMutableRawPointer(arena.message(self)).assumingMemoryBound(to: ProtobufCMessage.self)
        let count = headerBytes + protobuf_c_message_get_packed_size(c)
        return [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            buffer[..<headerBytes].initialize(repeating: 0)
            protobuf_c_message_pack(c, buffer.baseAddress.map { $0 + headerBytes })
            initialized = count
        }
    }

    init(unpacking bytes: UnsafeRawBufferPointer) throws(WireError) {
        let arena = WireArena(budget: WireLimits.decodingBytesMax(messageBytes: bytes.count))
        defer { withExtendedLifetime(arena) {} }  // `c` points into it
        var allocator = arena.allocator()
        let start = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self)
        guard let c = Self.unpack(&allocator, bytes.count, start) else {
            throw WireError(.malformed, "\(Self.self): \(bytes.count) bytes that are not such a message.")
        }
        self = try Self(wire: c.pointee)
    }
}

extension [UInt8] {
    /// `withUnsafeBytes` with a typed error.
    func withRawBytes<Value>(
        _ body: (UnsafeRawBufferPointer) throws(WireError) -> Value
    ) throws(WireError) -> Value {
        try withUnsafeBufferPointer { (buffer) throws(WireError) in try body(UnsafeRawBufferPointer(buffer)) }
    }
}
