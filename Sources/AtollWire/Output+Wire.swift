// Mirrors proto/atoll/v1/output.proto.
import AtollModel
import CAtollWire

extension OutputRead: WireValue {
    static func clear(_ c: UnsafeMutablePointer<Atoll__V1__OutputRead>) { atoll__v1__output_read__init(c) }

    func write(to c: inout Atoll__V1__OutputRead, in arena: borrowing WireArena) {
        c.read = read
        c.pod = arena.message(pod)
        switch start {
        case .offset(let offset):
            c.start_case = ATOLL__V1__OUTPUT_READ__START_OFFSET
            c.offset = offset
        case .lastLines(let lines):
            c.start_case = ATOLL__V1__OUTPUT_READ__START_LAST_LINES
            c.last_lines = lines
        }
        c.bytes_max = bytesMax
        c.follow = follow ? 1 : 0
    }

    init(wire c: Atoll__V1__OutputRead) throws(WireError) {
        let read = FieldReader("OutputRead")
        let start: OutputStart =
            switch c.start_case {
            case ATOLL__V1__OUTPUT_READ__START_OFFSET: .offset(c.offset)
            case ATOLL__V1__OUTPUT_READ__START_LAST_LINES: .lastLines(c.last_lines)
            default: throw read.missing("start")
            }
        self.init(
            read: c.read,
            pod: try read.message(c.pod, "pod"),
            start: start,
            bytesMax: c.bytes_max,
            follow: c.follow != 0
        )
    }
}

extension OutputChunk: WireValue {
    static func clear(_ c: UnsafeMutablePointer<Atoll__V1__OutputChunk>) { atoll__v1__output_chunk__init(c) }

    func write(to c: inout Atoll__V1__OutputChunk, in arena: borrowing WireArena) {
        c.read = read
        c.pod = arena.message(pod)
        c.offset = offset
        c.data = arena.bytes(data)
        c.at_end = atEnd ? 1 : 0
    }

    init(wire c: Atoll__V1__OutputChunk) throws(WireError) {
        let read = FieldReader("OutputChunk")
        self.init(
            read: c.read,
            pod: try read.message(c.pod, "pod"),
            offset: c.offset,
            data: read.bytes(c.data),
            atEnd: c.at_end != 0
        )
    }
}
