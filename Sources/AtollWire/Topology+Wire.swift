// Mirrors proto/atoll/v1/topology.proto.
import AtollModel
import CAtollWire

extension TopologyRead: WireValue {
    static func clear(_ c: UnsafeMutablePointer<Atoll__V1__TopologyRead>) { atoll__v1__topology_read__init(c) }

    func write(to c: inout Atoll__V1__TopologyRead, in arena: borrowing WireArena) {
        c.read = read
        c.format = format.wire
    }

    init(wire c: Atoll__V1__TopologyRead) throws(WireError) {
        self.init(read: c.read, format: try FieldReader("TopologyRead").choice(c.format, "format"))
    }
}

extension TopologyRead.Format: WireEnum {
    var wire: Atoll__V1__TopologyRead__Format {
        switch self {
        case .tree: ATOLL__V1__TOPOLOGY_READ__FORMAT__TREE
        case .matrix: ATOLL__V1__TOPOLOGY_READ__FORMAT__MATRIX
        case .json: ATOLL__V1__TOPOLOGY_READ__FORMAT__JSON
        case .yaml: ATOLL__V1__TOPOLOGY_READ__FORMAT__YAML
        case .dot: ATOLL__V1__TOPOLOGY_READ__FORMAT__DOT
        case .svg: ATOLL__V1__TOPOLOGY_READ__FORMAT__SVG
        }
    }
}

extension TopologyText: WireValue {
    static func clear(_ c: UnsafeMutablePointer<Atoll__V1__TopologyText>) { atoll__v1__topology_text__init(c) }

    func write(to c: inout Atoll__V1__TopologyText, in arena: borrowing WireArena) {
        c.read = read
        switch outcome {
        case .text(let text):
            c.outcome_case = ATOLL__V1__TOPOLOGY_TEXT__OUTCOME_TEXT
            c.text = arena.text(text)
        case .failed(let reason):
            c.outcome_case = ATOLL__V1__TOPOLOGY_TEXT__OUTCOME_FAILED
            c.failed = arena.text(reason)
        }
    }

    init(wire c: Atoll__V1__TopologyText) throws(WireError) {
        let read = FieldReader("TopologyText")
        let outcome: Outcome =
            switch c.outcome_case {
            case ATOLL__V1__TOPOLOGY_TEXT__OUTCOME_TEXT: .text(try read.text(c.text, "text"))
            case ATOLL__V1__TOPOLOGY_TEXT__OUTCOME_FAILED: .failed(try read.text(c.failed, "failed"))
            default: throw read.missing("outcome")
            }
        self.init(read: c.read, outcome: outcome)
    }
}
