import AtollModel
import Glibc

/// A pod's output on disk: files `output.<n>` that begin with the n-th byte since the pod's first, so that offsets
/// outlive the files that were rotated away.
struct OutputFiles {
    struct Limits {
        var fileBytesMax = 8 << 20
        /// The one being written included; older ones are deleted.
        var filesMax = 2
    }

    struct Segment: Equatable {
        var start: UInt64
        var end: UInt64
        var path: String
    }

    /// A piece of output, and where the output ends at present.
    struct Piece: Equatable {
        var offset: UInt64
        var data: [UInt8]
        var end: UInt64
    }

    private static let prefix = "output."

    static func path(in folder: String, start: UInt64) -> String { "\(folder)/\(prefix)\(start)" }

    /// By start; a file that vanishes meanwhile is left out.
    static func segments(in folder: String) throws(AgentError) -> [Segment] {
        try Files.names(in: folder).compactMap { name -> Segment? in
            guard name.hasPrefix(prefix), let start = UInt64(name.dropFirst(prefix.count)) else { return nil }
            let path = "\(folder)/\(name)"
            var info = stat()
            guard stat(path, &info) == 0 else { return nil }
            return Segment(start: start, end: start + UInt64(max(0, info.st_size)), path: path)
        }.sorted { $0.start < $1.start }
    }

    /// At most `bytesMax` bytes from one file; empty when the output does not reach that far.
    static func read(_ folder: String, from start: OutputStart, bytesMax: Int) throws(AgentError) -> Piece {
        let segments = try segments(in: folder)
        let end = segments.last?.end ?? 0
        let wanted =
            switch start {
            case .offset(let offset): offset
            case .lastLines(let count): try offset(ofLastLines: count, in: segments)
            }
        guard let segment = segments.first(where: { $0.end > wanted }) else {
            return Piece(offset: min(wanted, end), data: [], end: end)
        }
        let offset = max(wanted, segment.start)
        let data = try read(segment, from: offset, count: min(bytesMax, Int(segment.end - offset)))
        return Piece(offset: offset, data: data, end: end)
    }

    /// Where the last `count` lines begin. A line without an end counts as one.
    private static func offset(ofLastLines count: UInt32, in segments: [Segment]) throws(AgentError) -> UInt64 {
        let end = segments.last?.end ?? 0
        guard count > 0 else { return end }
        var found: UInt32 = 0
        for segment in segments.reversed() {
            var upper = segment.end
            while upper > segment.start {
                // From the back in small pieces: the last lines are seldom far away.
                let lower = upper - min(upper - segment.start, 64 << 10)
                let bytes = try read(segment, from: lower, count: Int(upper - lower))
                for (position, byte) in bytes.enumerated().reversed() where byte == UInt8(ascii: "\n") {
                    let next = lower + UInt64(position) + 1
                    // The last byte ends the last line; it does not begin another one.
                    guard next < end else { continue }
                    found += 1
                    if found == count { return next }
                }
                upper = lower
            }
        }
        return segments.first?.start ?? 0
    }

    private static func read(_ segment: Segment, from offset: UInt64, count: Int) throws(AgentError) -> [UInt8] {
        let file = open(segment.path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else {
            if errno == ENOENT { return [] }
            throw .system(errno, "read \(segment.path)")
        }
        defer { close(file) }
        var bytes = [UInt8](repeating: 0, count: count)
        let result = pread(file, &bytes, count, off_t(offset - segment.start))
        guard result >= 0 else { throw .system(errno, "read \(segment.path)") }
        return Array(bytes[..<result])
    }
}

/// Writes a pod's output; the supervisor's part. Output that cannot be written is dropped: a full disk must not stop
/// the pod, which would block on a pipe that nobody empties.
struct OutputWriter: ~Copyable {
    private let folder: String
    private let limits: OutputFiles.Limits
    private var file: CInt = -1
    private var starts: [UInt64] = []
    private var end: UInt64 = 0

    init(folder: String, limits: OutputFiles.Limits = OutputFiles.Limits()) {
        self.folder = folder
        self.limits = limits
    }

    mutating func append(_ bytes: ArraySlice<UInt8>) {
        var rest = bytes
        while !rest.isEmpty {
            let used = Int(end - (starts.last ?? end))
            if file < 0 || used >= limits.fileBytesMax { guard rotate() else { return } }
            let room = limits.fileBytesMax - Int(end - (starts.last ?? end))
            let piece = rest.prefix(room)
            guard Files.writeAll(piece, to: file) else { return resume() }
            end += UInt64(piece.count)
            rest = rest.dropFirst(piece.count)
        }
    }

    /// False when no file could be made.
    private mutating func rotate() -> Bool {
        if file >= 0 { close(file) }
        let path = OutputFiles.path(in: folder, start: end)
        file = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        guard file >= 0 else { return false }
        if starts.last != end { starts.append(end) }
        while starts.count > limits.filesMax {
            unlink(OutputFiles.path(in: folder, start: starts.removeFirst()))
        }
        return true
    }

    /// After a write that stopped half-way: the file's length says how much of it counts.
    private mutating func resume() {
        var info = stat()
        guard let start = starts.last, fstat(file, &info) == 0 else { return }
        end = start + UInt64(info.st_size)
    }

    deinit {
        if file >= 0 { close(file) }
    }
}
