// Mirrors Probe and ContainerAction in proto/atoll/v1/container.proto.
import AtollModel
import CAtollWire

extension Probe: WireValue {
    static func clear(_ c: UnsafeMutablePointer<Atoll__V1__Probe>) { atoll__v1__probe__init(c) }

    func write(to c: inout Atoll__V1__Probe, in arena: borrowing WireArena) {
        c.action = arena.message(action)
        c.initial_delay_ns = initialDelay.nanoseconds
        c.period_ns = period.nanoseconds
        c.timeout_ns = timeout.nanoseconds
        c.success_threshold = successThreshold
        c.failure_threshold = failureThreshold
        if let terminationGrace {
            c.termination_grace_presence_case =
                ATOLL__V1__PROBE__TERMINATION_GRACE_PRESENCE_TERMINATION_GRACE_NS
            c.termination_grace_ns = terminationGrace.nanoseconds
        }
    }

    init(wire c: Atoll__V1__Probe) throws(WireError) {
        let read = FieldReader("Probe")
        let hasGrace =
            c.termination_grace_presence_case == ATOLL__V1__PROBE__TERMINATION_GRACE_PRESENCE_TERMINATION_GRACE_NS
        self.init(
            action: try read.message(c.action, "action"),
            initialDelay: try read.duration(c.initial_delay_ns, "initial_delay_ns"),
            period: try read.duration(c.period_ns, "period_ns"),
            timeout: try read.duration(c.timeout_ns, "timeout_ns"),
            successThreshold: c.success_threshold,
            failureThreshold: c.failure_threshold,
            terminationGrace: hasGrace ? try read.duration(c.termination_grace_ns, "termination_grace_ns") : nil
        )
    }
}

extension ContainerAction: WireValue {
    static func clear(_ c: UnsafeMutablePointer<Atoll__V1__ContainerAction>) { atoll__v1__container_action__init(c) }

    func write(to c: inout Atoll__V1__ContainerAction, in arena: borrowing WireArena) {
        switch self {
        case .exec(let command):
            c.action_case = ATOLL__V1__CONTAINER_ACTION__ACTION_EXEC
            c.exec = arena.message(ExecAction(command: command))
        case .tcpSocket(let host, let port):
            c.action_case = ATOLL__V1__CONTAINER_ACTION__ACTION_TCP_SOCKET
            c.tcp_socket = arena.message(SocketAction(host: host, port: port))
        case .httpGet(let request):
            c.action_case = ATOLL__V1__CONTAINER_ACTION__ACTION_HTTP_GET
            c.http_get = arena.message(request)
        case .sleep(let duration):
            c.action_case = ATOLL__V1__CONTAINER_ACTION__ACTION_SLEEP_NS
            c.sleep_ns = duration.nanoseconds
        }
    }

    init(wire c: Atoll__V1__ContainerAction) throws(WireError) {
        let read = FieldReader("ContainerAction")
        switch c.action_case {
        case ATOLL__V1__CONTAINER_ACTION__ACTION_EXEC:
            let exec: ExecAction = try read.message(c.exec, "exec")
            self = .exec(exec.command)
        case ATOLL__V1__CONTAINER_ACTION__ACTION_TCP_SOCKET:
            let socket: SocketAction = try read.message(c.tcp_socket, "tcp_socket")
            self = .tcpSocket(host: socket.host, port: socket.port)
        case ATOLL__V1__CONTAINER_ACTION__ACTION_HTTP_GET: self = .httpGet(try read.message(c.http_get, "http_get"))
        case ATOLL__V1__CONTAINER_ACTION__ACTION_SLEEP_NS:
            self = .sleep(try read.duration(c.sleep_ns, "sleep_ns"))
        default: throw read.missing("action")
        }
    }
}

/// `ContainerAction.exec` as a message.
struct ExecAction: WireValue {
    var command: [String]

    init(command: [String]) { self.command = command }

    static func clear(_ c: UnsafeMutablePointer<Atoll__V1__ExecAction>) { atoll__v1__exec_action__init(c) }

    func write(to c: inout Atoll__V1__ExecAction, in arena: borrowing WireArena) {
        (c.n_command, c.command) = arena.texts(command)
    }

    init(wire c: Atoll__V1__ExecAction) throws(WireError) {
        self.init(command: try FieldReader("ExecAction").texts(c.command, c.n_command, "command"))
    }
}

/// `ContainerAction.tcpSocket` as a message.
struct SocketAction: WireValue {
    var host: String
    var port: UInt16

    init(host: String, port: UInt16) {
        self.host = host
        self.port = port
    }

    static func clear(_ c: UnsafeMutablePointer<Atoll__V1__TcpSocketAction>) {
        atoll__v1__tcp_socket_action__init(c)
    }

    func write(to c: inout Atoll__V1__TcpSocketAction, in arena: borrowing WireArena) {
        c.host = arena.text(host)
        c.port = UInt32(port)
    }

    init(wire c: Atoll__V1__TcpSocketAction) throws(WireError) {
        let read = FieldReader("TcpSocketAction")
        self.init(host: try read.text(c.host, "host"), port: try read.port(c.port))
    }
}

extension HTTPRequest: WireValue {
    static func clear(_ c: UnsafeMutablePointer<Atoll__V1__HttpGetAction>) { atoll__v1__http_get_action__init(c) }

    func write(to c: inout Atoll__V1__HttpGetAction, in arena: borrowing WireArena) {
        c.host = arena.text(host)
        c.port = UInt32(port)
        c.path = arena.text(path)
        (c.n_headers, c.headers) = arena.messages(headers)
    }

    init(wire c: Atoll__V1__HttpGetAction) throws(WireError) {
        let read = FieldReader("HttpGetAction")
        self.init(
            host: try read.text(c.host, "host"),
            port: try read.port(c.port),
            path: try read.text(c.path, "path"),
            headers: try read.messages(c.headers, c.n_headers)
        )
    }
}

extension HTTPRequest.Header: WireValue {
    static func clear(_ c: UnsafeMutablePointer<Atoll__V1__HttpHeader>) { atoll__v1__http_header__init(c) }

    func write(to c: inout Atoll__V1__HttpHeader, in arena: borrowing WireArena) {
        c.name = arena.text(name)
        c.value = arena.text(value)
    }

    init(wire c: Atoll__V1__HttpHeader) throws(WireError) {
        let read = FieldReader("HttpHeader")
        self.init(name: try read.text(c.name, "name"), value: try read.text(c.value, "value"))
    }
}
