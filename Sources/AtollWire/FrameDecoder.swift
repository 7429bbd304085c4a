/// Cuts one connection's incoming bytes into messages.
///
/// A value without IO: append what has arrived, then call `next()` until it returns nil. Used so, it holds no more than
/// twice the longest frame and what was appended last, and moves each byte a bounded number of times.
public struct FrameDecoder: Sendable {
    /// The longest envelope that is accepted, in bytes; starts at what is granted to a stranger. Set it to
    /// `WireLimits.frameBytesMax` when the hello has been accepted, before the next call of `next()`.
    public var frameBytesMax: Int

    private var buffer: [UInt8] = []
    /// Where the first frame that has not been returned begins.
    private var start = 0
    private var failure: WireError?

    /// An empty buffer above this is given back: many connections are idle after a burst.
    private static let idleBytesMax = 16 << 10

    public init(frameBytesMax: Int = WireLimits.helloFrameBytesMax) {
        self.frameBytesMax = frameBytesMax
    }

    /// Takes what has arrived. Nothing is kept after a failure.
    public mutating func append(_ bytes: UnsafeRawBufferPointer) {
        guard failure == nil else { return }
        makeRoom()
        buffer.append(contentsOf: bytes)
    }

    /// Takes what has arrived. Nothing is kept after a failure.
    public mutating func append(_ bytes: ArraySlice<UInt8>) {
        bytes.withUnsafeBytes { append($0) }
    }

    /// The next message, nil until more bytes have been appended. After an error it throws the same one for ever: the
    /// place where the next frame begins is lost, so the connection must be closed.
    public mutating func next() throws(WireError) -> Message? {
        if let failure { throw failure }
        do {
            guard let frame = try completeFrame() else { return nil }
            start = frame.upperBound
            let envelope = frame.dropFirst(WireLimits.headerBytes)
            return try buffer.withRawBytes { (bytes) throws(WireError) in
                try Message(decoding: UnsafeRawBufferPointer(rebasing: bytes[envelope]))
            }
        } catch {
            failure = error
            buffer = []
            throw error
        }
    }

    /// Where the first frame lies, once all of it has arrived.
    private func completeFrame() throws(WireError) -> Range<Int>? {
        guard buffer.count - start >= WireLimits.headerBytes else { return nil }
        let length = buffer[start..<start + WireLimits.headerBytes].reduce(0) { $0 << 8 | Int($1) }
        guard length > 0 else { throw WireError(.frameLength, "A frame of zero bytes.") }
        guard length <= frameBytesMax else {
            throw WireError(.frameLength, "A frame of \(length) bytes; at most \(frameBytesMax) are accepted.")
        }
        let end = start + WireLimits.headerBytes + length
        return end <= buffer.count ? start..<end : nil
    }

    /// Drops what has been returned, but only when that is at least half: moving the rest is then paid for.
    private mutating func makeRoom() {
        if start == buffer.count {
            buffer.removeAll(keepingCapacity: buffer.capacity <= Self.idleBytesMax)
            start = 0
        } else if start > buffer.count / 2 {
            buffer.removeSubrange(..<start)
            start = 0
        }
    }
}
