// Mirrors proto/atoll/v1/host.proto, for the file in which an agent keeps what it last reported.
public import AtollModel
import CAtollWire

extension HostFacts {
    /// The content of the file.
    public func encoded() -> [UInt8] { packed() }

    public init(decoding bytes: [UInt8]) throws(WireError) {
        self = try bytes.withRawBytes { (bytes) throws(WireError) in try Self(unpacking: bytes) }
    }
}

extension HostFacts: WireRoot {
    static func unpack(
        _ allocator: UnsafeMutablePointer<ProtobufCAllocator>,
        _ count: Int,
        _ bytes: UnsafePointer<UInt8>?
    ) -> UnsafeMutablePointer<Atoll__V1__HostFacts>? {
        atoll__v1__host_facts__unpack(allocator, count, bytes)
    }
}
