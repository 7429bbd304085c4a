import AtollCore
import AtollModel

/// One `logs` request: a reader for each pod, whose pieces are passed on in whole lines.
struct LogRelay {
    /// What is known of one pod's output. Transitions: idle -> reading (`read` is set) -> idle ... -> done.
    struct Reader {
        let pod: PodID
        let name: String
        var start: OutputStart
        /// The read in flight and the agent's connection it went to.
        var read: (number: UInt64, session: SessionID)?
        /// The beginning of a line whose end has not come yet.
        var partialLine: [UInt8] = []
        var isDone = false
    }

    /// A line longer than this is passed on in pieces.
    static let lineBytesMax = 64 << 10

    let ticket: AdminTicket
    let request: AdminRequest.Logs
    var readers: [Reader] = []

    /// Adds readers for pods that are new: replacements and those of a new attempt.
    mutating func add(_ pod: PodID, name: String) {
        guard !readers.contains(where: { $0.pod == pod }) else { return }
        let isFirst = !readers.contains { $0.name == name }
        let start = isFirst ? request.lastLines.map { OutputStart.lastLines($0) } : nil
        readers.append(Reader(pod: pod, name: name, start: start ?? .offset(0)))
    }

    /// Takes a piece; gives what can be passed on now: whole lines, or all there is at the end.
    mutating func take(_ chunk: OutputChunk, reader index: Int) -> [UInt8] {
        readers[index].read = nil
        readers[index].start = .offset(chunk.offset + UInt64(chunk.data.count))
        let isAtPresentEnd = !request.follow && chunk.data.isEmpty
        readers[index].isDone = chunk.atEnd || isAtPresentEnd
        var bytes = readers[index].partialLine + chunk.data
        let isCutAllowed = readers[index].isDone || bytes.count > Self.lineBytesMax
        let end = isCutAllowed ? bytes.count : (bytes.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0)
        readers[index].partialLine = Array(bytes[end...])
        bytes.removeSubrange(end...)
        return bytes
    }
}
