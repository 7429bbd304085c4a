// Mirrors proto/atoll/v1/envelope.proto, and Goodbye, which has no value of its own.
import AtollModel
import CAtollWire

extension Message: WireRoot {
    static func clear(_ c: UnsafeMutablePointer<Atoll__V1__Envelope>) { atoll__v1__envelope__init(c) }

    static func unpack(
        _ allocator: UnsafeMutablePointer<ProtobufCAllocator>,
        _ count: Int,
        _ bytes: UnsafePointer<UInt8>?
    ) -> UnsafeMutablePointer<Atoll__V1__Envelope>? { atoll__v1__envelope__unpack(allocator, count, bytes) }

    func write(to c: inout Atoll__V1__Envelope, in arena: borrowing WireArena) {
        switch self {
        case .heartbeat(let heartbeat):
            c.body_case = ATOLL__V1__ENVELOPE__BODY_HEARTBEAT
            c.heartbeat = arena.message(heartbeat)
        case .status(let batch):
            c.body_case = ATOLL__V1__ENVELOPE__BODY_STATUS_BATCH
            c.status_batch = arena.message(batch)
        case .assignment(let assignment):
            c.body_case = ATOLL__V1__ENVELOPE__BODY_ASSIGNMENT
            c.assignment = arena.message(assignment)
        case .outputRead(let read):
            c.body_case = ATOLL__V1__ENVELOPE__BODY_OUTPUT_READ
            c.output_read = arena.message(read)
        case .outputChunk(let chunk):
            c.body_case = ATOLL__V1__ENVELOPE__BODY_OUTPUT_CHUNK
            c.output_chunk = arena.message(chunk)
        case .request(let request):
            c.body_case = ATOLL__V1__ENVELOPE__BODY_ADMIN_REQUEST
            c.admin_request = arena.message(request)
        case .reply(let reply):
            c.body_case = ATOLL__V1__ENVELOPE__BODY_ADMIN_REPLY
            c.admin_reply = arena.message(reply)
        case .hostFacts(let facts):
            c.body_case = ATOLL__V1__ENVELOPE__BODY_HOST_FACTS
            c.host_facts = arena.message(facts)
        case .hostChange(let change):
            c.body_case = ATOLL__V1__ENVELOPE__BODY_HOST_CHANGE
            c.host_change = arena.message(change)
        case .topologyRead(let read):
            c.body_case = ATOLL__V1__ENVELOPE__BODY_TOPOLOGY_READ
            c.topology_read = arena.message(read)
        case .topologyText(let text):
            c.body_case = ATOLL__V1__ENVELOPE__BODY_TOPOLOGY_TEXT
            c.topology_text = arena.message(text)
        case .hello(let hello):
            c.body_case = ATOLL__V1__ENVELOPE__BODY_HELLO
            c.hello = arena.message(hello)
        case .helloReply(let reply):
            c.body_case = ATOLL__V1__ENVELOPE__BODY_HELLO_REPLY
            c.hello_reply = arena.message(reply)
        case .goodbye(let reason):
            c.body_case = ATOLL__V1__ENVELOPE__BODY_GOODBYE
            c.goodbye = arena.empty(atoll__v1__goodbye__init)
            c.goodbye.pointee.reason = arena.text(reason)
        }
    }

    init(wire c: Atoll__V1__Envelope) throws(WireError) {
        let read = FieldReader("Envelope")
        self =
            switch c.body_case {
            case ATOLL__V1__ENVELOPE__BODY_HEARTBEAT: .heartbeat(try read.message(c.heartbeat, "heartbeat"))
            case ATOLL__V1__ENVELOPE__BODY_STATUS_BATCH: .status(try read.message(c.status_batch, "status_batch"))
            case ATOLL__V1__ENVELOPE__BODY_ASSIGNMENT: .assignment(try read.message(c.assignment, "assignment"))
            case ATOLL__V1__ENVELOPE__BODY_OUTPUT_READ: .outputRead(try read.message(c.output_read, "output_read"))
            case ATOLL__V1__ENVELOPE__BODY_OUTPUT_CHUNK: .outputChunk(try read.message(c.output_chunk, "output_chunk"))
            case ATOLL__V1__ENVELOPE__BODY_ADMIN_REQUEST: .request(try read.message(c.admin_request, "admin_request"))
            case ATOLL__V1__ENVELOPE__BODY_ADMIN_REPLY: .reply(try read.message(c.admin_reply, "admin_reply"))
            case ATOLL__V1__ENVELOPE__BODY_HOST_FACTS: .hostFacts(try read.message(c.host_facts, "host_facts"))
            case ATOLL__V1__ENVELOPE__BODY_HOST_CHANGE: .hostChange(try read.message(c.host_change, "host_change"))
            case ATOLL__V1__ENVELOPE__BODY_TOPOLOGY_READ:
                .topologyRead(try read.message(c.topology_read, "topology_read"))
            case ATOLL__V1__ENVELOPE__BODY_TOPOLOGY_TEXT:
                .topologyText(try read.message(c.topology_text, "topology_text"))
            case ATOLL__V1__ENVELOPE__BODY_HELLO: .hello(try read.message(c.hello, "hello"))
            case ATOLL__V1__ENVELOPE__BODY_HELLO_REPLY: .helloReply(try read.message(c.hello_reply, "hello_reply"))
            case ATOLL__V1__ENVELOPE__BODY_GOODBYE:
                .goodbye(reason: try FieldReader("Goodbye").text(try read.plain(c.goodbye, "goodbye").reason, "reason"))
            default: throw WireError(.missing, "Envelope.body is missing or of a kind unknown to this release.")
            }
    }
}
