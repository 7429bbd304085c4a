/// Asks an agent for one piece of a pod's output; answered by one `OutputChunk`.
///
/// The reader pulls: the next piece is asked for when the last one has been passed on, so a slow reader holds up
/// nobody and nothing piles up.
public struct OutputRead: Equatable, Sendable {
    /// Chosen by the coordinator; the answer carries it.
    public var read: UInt64
    public var pod: PodID
    /// Where to start.
    public var start: OutputStart
    public var bytesMax: UInt32
    /// True to be answered only when there is something to read or the pod has ended.
    public var follow: Bool

    public init(read: UInt64, pod: PodID, start: OutputStart, bytesMax: UInt32, follow: Bool) {
        self.read = read
        self.pod = pod
        self.start = start
        self.bytesMax = bytesMax
        self.follow = follow
    }
}

public enum OutputStart: Equatable, Sendable {
    /// Bytes since the pod's first; output that has been rotated away is skipped.
    case offset(UInt64)
    /// So many lines before the present end.
    case lastLines(UInt32)
}

public struct OutputChunk: Equatable, Sendable {
    public var read: UInt64
    public var pod: PodID
    /// Where `data` begins, in bytes since the pod's first; the next read starts at `offset + data.count`.
    public var offset: UInt64
    public var data: [UInt8]
    /// True when the pod has ended and `data` reaches its last byte, or when the pod has no output any more.
    public var atEnd: Bool

    public init(read: UInt64, pod: PodID, offset: UInt64, data: [UInt8], atEnd: Bool) {
        self.read = read
        self.pod = pod
        self.offset = offset
        self.data = data
        self.atEnd = atEnd
    }
}
