import AtollModel
import AtollWire
import Logging

// Output, read from files piece by piece: the coordinator asks for the next when it has passed on the last.
extension AgentShell {
    /// A piece is never longer, whatever is asked for.
    private static let pieceBytesMax = 1 << 20

    func answer(_ read: OutputRead) {
        guard let chunk = chunk(for: read) else { return transmit(.outputChunk(read.nothing)) }
        if read.follow, chunk.data.isEmpty, !chunk.atEnd { return follow(read, from: chunk.offset) }
        transmit(.outputChunk(chunk))
    }

    private func follow(_ read: OutputRead, from offset: UInt64) {
        guard let count = pods[read.pod]?.follows.count, count < PodHandle.followsMax else {
            return transmit(.outputChunk(read.nothing))
        }
        var read = read
        // "The last lines" were those before now.
        read.start = .offset(offset)
        pods[read.pod]?.follows.append(read)
        watchContent(of: read.pod)
        // What was written between the look and the watch.
        serveFollows(of: read.pod)
    }

    func serveFollows(of pod: PodID) {
        guard let waiting = pods[pod]?.follows, !waiting.isEmpty else { return }
        let rest = waiting.filter { read in
            guard let chunk = chunk(for: read) else {
                transmit(.outputChunk(read.nothing))
                return false
            }
            if chunk.data.isEmpty, !chunk.atEnd { return true }
            transmit(.outputChunk(chunk))
            return false
        }
        pods[pod]?.follows = rest
        if rest.isEmpty { watchContent(of: pod) }
    }

    /// Nobody waits any more.
    func dropFollows() {
        for (pod, handle) in pods where !handle.follows.isEmpty {
            pods[pod]?.follows = []
            watchContent(of: pod)
        }
    }

    /// Nil when there is no such pod, or its output cannot be read.
    private func chunk(for read: OutputRead) -> OutputChunk? {
        guard let handle = pods[read.pod] else { return nil }
        // Asked before the look: what is written until then is complete.
        let isEnded = handle.isEnded
        do throws(AgentError) {
            let bytesMax = min(max(Int(read.bytesMax), 1), Self.pieceBytesMax)
            let piece = try OutputFiles.read(handle.folder.path, from: read.start, bytesMax: bytesMax)
            return OutputChunk(
                read: read.read,
                pod: read.pod,
                offset: piece.offset,
                data: piece.data,
                atEnd: isEnded && piece.offset + UInt64(piece.data.count) >= piece.end
            )
        } catch {
            log.error("output cannot be read", metadata: [LogKey.pod: "\(read.pod)", LogKey.reason: "\(error)"])
            return nil
        }
    }
}

extension OutputRead {
    /// The answer when the pod has no output any more.
    fileprivate var nothing: OutputChunk {
        let offset: UInt64 = if case .offset(let offset) = start { offset } else { 0 }
        return OutputChunk(read: read, pod: pod, offset: offset, data: [], atEnd: true)
    }
}
