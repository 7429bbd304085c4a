// Mirrors AdminRequest and its parts in proto/atoll/v1/admin.proto.
import AtollModel
import CAtollWire

extension AdminRequest: WireValue {
    static func clear(_ c: UnsafeMutablePointer<Atoll__V1__AdminRequest>) { atoll__v1__admin_request__init(c) }

    func write(to c: inout Atoll__V1__AdminRequest, in arena: borrowing WireArena) {
        c.id = id
        switch call {
        case .apply(let apply):
            c.call_case = ATOLL__V1__ADMIN_REQUEST__CALL_APPLY
            c.apply = arena.message(apply)
        case .list(let list):
            c.call_case = ATOLL__V1__ADMIN_REQUEST__CALL_LIST
            c.list = arena.message(list)
        case .delete(let delete):
            c.call_case = ATOLL__V1__ADMIN_REQUEST__CALL_DELETE
            c.delete_ = arena.message(delete)
        case .logs(let logs):
            c.call_case = ATOLL__V1__ADMIN_REQUEST__CALL_LOGS
            c.logs = arena.message(logs)
        case .cancel(let request):
            c.call_case = ATOLL__V1__ADMIN_REQUEST__CALL_CANCEL
            c.cancel = arena.empty(atoll__v1__admin_cancel__init)
            c.cancel.pointee.request = request
        case .backup(let path):
            c.call_case = ATOLL__V1__ADMIN_REQUEST__CALL_BACKUP
            c.backup = arena.empty(atoll__v1__admin_backup__init)
            c.backup.pointee.path = arena.text(path)
        case .status:
            c.call_case = ATOLL__V1__ADMIN_REQUEST__CALL_STATUS
            c.status = arena.empty(atoll__v1__admin_status__init)
        case .host(let host, let order):
            c.call_case = ATOLL__V1__ADMIN_REQUEST__CALL_HOST
            c.host = arena.empty(atoll__v1__admin_host__init)
            c.host.pointee.host = arena.text(host.name)
            c.host.pointee.order = order.verb.wire
            c.host.pointee.reason = arena.text(order.reason)
        case .topology(let host, let format):
            c.call_case = ATOLL__V1__ADMIN_REQUEST__CALL_TOPOLOGY
            c.topology = arena.empty(atoll__v1__admin_topology__init)
            c.topology.pointee.host = arena.text(host.name)
            c.topology.pointee.format = format.wire
        }
    }

    init(wire c: Atoll__V1__AdminRequest) throws(WireError) {
        let read = FieldReader("AdminRequest")
        let call: Call =
            switch c.call_case {
            case ATOLL__V1__ADMIN_REQUEST__CALL_APPLY: .apply(try read.message(c.apply, "apply"))
            case ATOLL__V1__ADMIN_REQUEST__CALL_LIST: .list(try read.message(c.list, "list"))
            case ATOLL__V1__ADMIN_REQUEST__CALL_DELETE: .delete(try read.message(c.delete_, "delete"))
            case ATOLL__V1__ADMIN_REQUEST__CALL_LOGS: .logs(try read.message(c.logs, "logs"))
            case ATOLL__V1__ADMIN_REQUEST__CALL_CANCEL: .cancel(request: try read.plain(c.cancel, "cancel").request)
            case ATOLL__V1__ADMIN_REQUEST__CALL_BACKUP:
                .backup(path: try FieldReader("AdminBackup").text(read.plain(c.backup, "backup").path, "path"))
            case ATOLL__V1__ADMIN_REQUEST__CALL_STATUS: .status
            case ATOLL__V1__ADMIN_REQUEST__CALL_HOST: try Self.host(read.plain(c.host, "host"))
            case ATOLL__V1__ADMIN_REQUEST__CALL_TOPOLOGY: try Self.topology(read.plain(c.topology, "topology"))
            default: throw read.missing("call")
            }
        self.init(id: c.id, call: call)
    }

    private static func host(_ c: Atoll__V1__AdminHost) throws(WireError) -> Call {
        let read = FieldReader("AdminHost")
        let order = HostOrder(try read.choice(c.order, "order"), reason: try read.text(c.reason, "reason"))
        return .host(HostID(try read.text(c.host, "host")), order)
    }

    private static func topology(_ c: Atoll__V1__AdminTopology) throws(WireError) -> Call {
        let read = FieldReader("AdminTopology")
        return .topology(HostID(try read.text(c.host, "host")), try read.choice(c.format, "format"))
    }
}

extension HostOrder.Verb: WireEnum {
    var wire: Atoll__V1__AdminHost__Order {
        switch self {
        case .fence: ATOLL__V1__ADMIN_HOST__ORDER__FENCE
        case .cordon: ATOLL__V1__ADMIN_HOST__ORDER__CORDON
        case .drain: ATOLL__V1__ADMIN_HOST__ORDER__DRAIN
        case .uncordon: ATOLL__V1__ADMIN_HOST__ORDER__UNCORDON
        case .accept: ATOLL__V1__ADMIN_HOST__ORDER__ACCEPT
        }
    }
}

extension AdminRequest.Apply: WireValue {
    static func clear(_ c: UnsafeMutablePointer<Atoll__V1__AdminApply>) { atoll__v1__admin_apply__init(c) }

    func write(to c: inout Atoll__V1__AdminApply, in arena: borrowing WireArena) {
        c.manifest = arena.text(manifest)
        c.source = arena.text(source)
        c.namespace_ = arena.text(namespace)
        c.dry_run = dryRun ? 1 : 0
    }

    init(wire c: Atoll__V1__AdminApply) throws(WireError) {
        let read = FieldReader("AdminApply")
        self.init(
            manifest: try read.text(c.manifest, "manifest"),
            source: try read.text(c.source, "source"),
            namespace: try read.text(c.namespace_, "namespace"),
            dryRun: c.dry_run != 0
        )
    }
}

extension AdminRequest.List: WireValue {
    static func clear(_ c: UnsafeMutablePointer<Atoll__V1__AdminList>) { atoll__v1__admin_list__init(c) }

    func write(to c: inout Atoll__V1__AdminList, in arena: borrowing WireArena) {
        c.kind = kind.wire
        if let namespace {
            c.namespace_presence_case = ATOLL__V1__ADMIN_LIST__NAMESPACE_PRESENCE_NAMESPACE
            c.namespace_ = arena.text(namespace)
        }
        (c.n_names, c.names) = arena.texts(names)
        (c.n_labels, c.labels) = arena.labels(labels)
        c.watch = watch ? 1 : 0
        c.whole = whole ? 1 : 0
    }

    init(wire c: Atoll__V1__AdminList) throws(WireError) {
        let read = FieldReader("AdminList")
        let hasNamespace = c.namespace_presence_case == ATOLL__V1__ADMIN_LIST__NAMESPACE_PRESENCE_NAMESPACE
        self.init(
            kind: try read.choice(c.kind, "kind"),
            namespace: hasNamespace ? try read.text(c.namespace_, "namespace") : nil,
            names: try read.texts(c.names, c.n_names, "names"),
            labels: try read.labels(c.labels, c.n_labels),
            watch: c.watch != 0,
            whole: c.whole != 0
        )
    }
}

extension AdminRequest.Delete: WireValue {
    static func clear(_ c: UnsafeMutablePointer<Atoll__V1__AdminDelete>) { atoll__v1__admin_delete__init(c) }

    func write(to c: inout Atoll__V1__AdminDelete, in arena: borrowing WireArena) {
        c.kind = kind.wire
        c.name = arena.message(name)
    }

    init(wire c: Atoll__V1__AdminDelete) throws(WireError) {
        let read = FieldReader("AdminDelete")
        self.init(kind: try read.choice(c.kind, "kind"), name: try read.message(c.name, "name"))
    }
}

extension AdminRequest.Logs: WireValue {
    static func clear(_ c: UnsafeMutablePointer<Atoll__V1__AdminLogs>) { atoll__v1__admin_logs__init(c) }

    func write(to c: inout Atoll__V1__AdminLogs, in arena: borrowing WireArena) {
        c.kind = kind.wire
        c.name = arena.message(name)
        c.follow = follow ? 1 : 0
        if let lastLines {
            c.last_lines_presence_case = ATOLL__V1__ADMIN_LOGS__LAST_LINES_PRESENCE_LAST_LINES
            c.last_lines = lastLines
        }
    }

    init(wire c: Atoll__V1__AdminLogs) throws(WireError) {
        let read = FieldReader("AdminLogs")
        let hasLastLines = c.last_lines_presence_case == ATOLL__V1__ADMIN_LOGS__LAST_LINES_PRESENCE_LAST_LINES
        self.init(
            kind: try read.choice(c.kind, "kind"),
            name: try read.message(c.name, "name"),
            follow: c.follow != 0,
            lastLines: hasLastLines ? c.last_lines : nil
        )
    }
}

extension ObjectKind: WireEnum {
    var wire: Atoll__V1__AdminRequest__Kind {
        switch self {
        case .jobsets: ATOLL__V1__ADMIN_REQUEST__KIND__JOBSETS
        case .jobs: ATOLL__V1__ADMIN_REQUEST__KIND__JOBS
        case .pods: ATOLL__V1__ADMIN_REQUEST__KIND__PODS
        case .hosts: ATOLL__V1__ADMIN_REQUEST__KIND__HOSTS
        case .islands: ATOLL__V1__ADMIN_REQUEST__KIND__ISLANDS
        case .devices: ATOLL__V1__ADMIN_REQUEST__KIND__DEVICES
        case .events: ATOLL__V1__ADMIN_REQUEST__KIND__EVENTS
        case .persistentvolumeclaims: ATOLL__V1__ADMIN_REQUEST__KIND__PERSISTENT_VOLUME_CLAIMS
        }
    }
}
