public import AtollModel

/// Everything that travels between coordinator, agents and `atollctl`. `proto/atoll/v1` says who sends what, and when.
public enum Message: Equatable, Sendable {
    case hello(Hello)
    case helloReply(HelloReply)
    case hostFacts(HostFacts)
    case hostChange(HostChange)
    case assignment(Assignment)
    case status(StatusBatch)
    case heartbeat(Heartbeat = Heartbeat())
    case outputRead(OutputRead)
    case outputChunk(OutputChunk)
    case topologyRead(TopologyRead)
    case topologyText(TopologyText)
    case request(AdminRequest)
    case reply(AdminReply)
    /// The agent is going down on purpose.
    case goodbye(reason: String)
}

extension Message {
    /// The message as one frame: length and envelope, ready to be sent.
    ///
    /// A sender that builds lists or output keeps `count - WireLimits.headerBytes` within
    /// `WireLimits.frameBytesMax`: a longer frame is complete, but every receiver disconnects.
    public func encodedFrame() -> [UInt8] {
        if self == .heartbeat() { return Self.heartbeatFrame }
        var frame = packed(headerBytes: WireLimits.headerBytes)
        let length = UInt32(frame.count - WireLimits.headerBytes)
        for index in 0..<WireLimits.headerBytes {
            frame[index] = UInt8(truncatingIfNeeded: length >> (24 - 8 * index))
        }
        return frame
    }

    /// Decodes one envelope, without the length in front of it.
    public init(decoding envelope: UnsafeRawBufferPointer) throws(WireError) {
        // Most of what an idle cluster sends; not worth a call into protobuf-c.
        if envelope.count == 2, envelope[0] == Self.heartbeatTag, envelope[1] == 0 {
            self = .heartbeat()
        } else {
            self = try Self(unpacking: envelope)
        }
    }

    /// Decodes one envelope, without the length in front of it.
    public init(decoding envelope: [UInt8]) throws(WireError) {
        self = try envelope.withRawBytes { (bytes) throws(WireError) in try Self(decoding: bytes) }
    }

    /// One that says nothing but that its sender lives. Field 1 of the envelope, wire type 2: a message whose length follows.
    private static let heartbeatTag: UInt8 = 1 << 3 | 2
    private static let heartbeatFrame: [UInt8] = [0, 0, 0, 2, heartbeatTag, 0]
}
