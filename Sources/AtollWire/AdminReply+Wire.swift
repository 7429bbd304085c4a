// Mirrors AdminReply and its parts in proto/atoll/v1/admin.proto.
import AtollModel
import CAtollWire

extension AdminReply: WireValue {
    static func clear(_ c: UnsafeMutablePointer<Atoll__V1__AdminReply>) { atoll__v1__admin_reply__init(c) }

    func write(to c: inout Atoll__V1__AdminReply, in arena: borrowing WireArena) {
        c.request = request
        switch body {
        case .applied(let results):
            c.body_case = ATOLL__V1__ADMIN_REPLY__BODY_APPLIED
            c.applied = arena.message(Applied(results: results))
        case .objects(let objects, let version, let last):
            c.body_case = ATOLL__V1__ADMIN_REPLY__BODY_OBJECTS
            c.objects = arena.message(Objects(objects: objects, resourceVersion: version, last: last))
        case .changed(let change, let object, let version):
            c.body_case = ATOLL__V1__ADMIN_REPLY__BODY_CHANGED
            c.changed = arena.message(Changed(change: change, object: object, resourceVersion: version))
        case .output(let pod, let data):
            c.body_case = ATOLL__V1__ADMIN_REPLY__BODY_OUTPUT
            c.output = arena.message(Output(pod: pod, data: data))
        case .backedUp(let summary):
            c.body_case = ATOLL__V1__ADMIN_REPLY__BODY_BACKED_UP
            c.backed_up = arena.message(summary)
        case .status(let status):
            c.body_case = ATOLL__V1__ADMIN_REPLY__BODY_STATUS
            c.status = arena.message(status)
        case .topology(let text):
            c.body_case = ATOLL__V1__ADMIN_REPLY__BODY_TOPOLOGY
            c.topology = arena.empty(atoll__v1__admin_topology_text__init)
            c.topology.pointee.text = arena.text(text)
        case .done:
            c.body_case = ATOLL__V1__ADMIN_REPLY__BODY_DONE
            c.done = arena.empty(atoll__v1__admin_done__init)
        case .failed(let failure):
            c.body_case = ATOLL__V1__ADMIN_REPLY__BODY_FAILED
            c.failed = arena.message(failure)
        }
    }

    init(wire c: Atoll__V1__AdminReply) throws(WireError) {
        self.init(request: c.request, body: try Self.body(of: c))
    }

    private static func body(of c: Atoll__V1__AdminReply) throws(WireError) -> Body {
        let read = FieldReader("AdminReply")
        switch c.body_case {
        case ATOLL__V1__ADMIN_REPLY__BODY_APPLIED:
            let applied: Applied = try read.message(c.applied, "applied")
            return .applied(applied.results)
        case ATOLL__V1__ADMIN_REPLY__BODY_OBJECTS:
            let part: Objects = try read.message(c.objects, "objects")
            return .objects(part.objects, resourceVersion: part.resourceVersion, last: part.last)
        case ATOLL__V1__ADMIN_REPLY__BODY_CHANGED:
            let event: Changed = try read.message(c.changed, "changed")
            return .changed(event.change, object: event.object, resourceVersion: event.resourceVersion)
        case ATOLL__V1__ADMIN_REPLY__BODY_OUTPUT:
            let output: Output = try read.message(c.output, "output")
            return .output(pod: output.pod, data: output.data)
        case ATOLL__V1__ADMIN_REPLY__BODY_BACKED_UP:
            return .backedUp(try read.message(c.backed_up, "backed_up"))
        case ATOLL__V1__ADMIN_REPLY__BODY_STATUS:
            return .status(try read.message(c.status, "status"))
        case ATOLL__V1__ADMIN_REPLY__BODY_TOPOLOGY:
            let topology = try read.plain(c.topology, "topology")
            return .topology(try FieldReader("AdminTopologyText").text(topology.text, "text"))
        case ATOLL__V1__ADMIN_REPLY__BODY_DONE:
            return .done
        case ATOLL__V1__ADMIN_REPLY__BODY_FAILED:
            return .failed(try read.message(c.failed, "failed"))
        default:
            throw read.missing("body")
        }
    }
}

// The payloads of `AdminReply.Body` that are no types in the model.

private struct Applied: WireValue {
    var results: [ApplyResult]

    init(results: [ApplyResult]) { self.results = results }

    static func clear(_ c: UnsafeMutablePointer<Atoll__V1__AdminApplied>) { atoll__v1__admin_applied__init(c) }

    func write(to c: inout Atoll__V1__AdminApplied, in arena: borrowing WireArena) {
        (c.n_results, c.results) = arena.messages(results)
    }

    init(wire c: Atoll__V1__AdminApplied) throws(WireError) {
        results = try FieldReader("AdminApplied").messages(c.results, c.n_results)
    }
}

private struct Objects: WireValue {
    var objects: [String]
    var resourceVersion: UInt64
    var last: Bool

    init(objects: [String], resourceVersion: UInt64, last: Bool) {
        self.objects = objects
        self.resourceVersion = resourceVersion
        self.last = last
    }

    static func clear(_ c: UnsafeMutablePointer<Atoll__V1__AdminObjects>) { atoll__v1__admin_objects__init(c) }

    func write(to c: inout Atoll__V1__AdminObjects, in arena: borrowing WireArena) {
        (c.n_objects, c.objects) = arena.texts(objects)
        c.resource_version = resourceVersion
        c.last = last ? 1 : 0
    }

    init(wire c: Atoll__V1__AdminObjects) throws(WireError) {
        objects = try FieldReader("AdminObjects").texts(c.objects, c.n_objects, "objects")
        resourceVersion = c.resource_version
        last = c.last != 0
    }
}

private struct Changed: WireValue {
    var change: AdminReply.Change
    var object: String
    var resourceVersion: UInt64

    init(change: AdminReply.Change, object: String, resourceVersion: UInt64) {
        self.change = change
        self.object = object
        self.resourceVersion = resourceVersion
    }

    static func clear(_ c: UnsafeMutablePointer<Atoll__V1__AdminChanged>) { atoll__v1__admin_changed__init(c) }

    func write(to c: inout Atoll__V1__AdminChanged, in arena: borrowing WireArena) {
        c.change = change.wire
        c.object = arena.text(object)
        c.resource_version = resourceVersion
    }

    init(wire c: Atoll__V1__AdminChanged) throws(WireError) {
        let read = FieldReader("AdminChanged")
        change = try read.choice(c.change, "change")
        object = try read.text(c.object, "object")
        resourceVersion = c.resource_version
    }
}

private struct Output: WireValue {
    var pod: String
    var data: [UInt8]

    init(pod: String, data: [UInt8]) {
        self.pod = pod
        self.data = data
    }

    static func clear(_ c: UnsafeMutablePointer<Atoll__V1__AdminOutput>) { atoll__v1__admin_output__init(c) }

    func write(to c: inout Atoll__V1__AdminOutput, in arena: borrowing WireArena) {
        c.pod = arena.text(pod)
        c.data = arena.bytes(data)
    }

    init(wire c: Atoll__V1__AdminOutput) throws(WireError) {
        let read = FieldReader("AdminOutput")
        pod = try read.text(c.pod, "pod")
        data = read.bytes(c.data)
    }
}
