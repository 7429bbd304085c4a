// Mirrors proto/atoll/v1/session.proto. Goodbye has no value of its own: see Message+Wire.swift.
import AtollModel
import CAtollWire

extension Hello: WireValue {
    static func clear(_ c: UnsafeMutablePointer<Atoll__V1__Hello>) { atoll__v1__hello__init(c) }

    func write(to c: inout Atoll__V1__Hello, in arena: borrowing WireArena) {
        c.oldest_version = versions.oldest
        c.newest_version = versions.newest
        c.software = arena.text(software)
        switch role {
        case .agent(let agent):
            c.role_case = ATOLL__V1__HELLO__ROLE_AGENT
            c.agent = arena.message(agent)
        case .admin:
            c.role_case = ATOLL__V1__HELLO__ROLE_ADMIN
            c.admin = arena.empty(atoll__v1__admin_hello__init)
        }
    }

    init(wire c: Atoll__V1__Hello) throws(WireError) {
        let read = FieldReader("Hello")
        let role: Role =
            switch c.role_case {
            case ATOLL__V1__HELLO__ROLE_AGENT: .agent(try read.message(c.agent, "agent"))
            case ATOLL__V1__HELLO__ROLE_ADMIN: .admin
            default: throw read.missing("role")
            }
        self.init(
            versions: VersionRange(oldest: c.oldest_version, newest: c.newest_version),
            software: try read.text(c.software, "software"),
            role: role
        )
    }
}

extension AgentHello: WireValue {
    static func clear(_ c: UnsafeMutablePointer<Atoll__V1__AgentHello>) { atoll__v1__agent_hello__init(c) }

    func write(to c: inout Atoll__V1__AgentHello, in arena: borrowing WireArena) {
        c.host = arena.text(host.name)
        c.address = arena.text(address)
        c.boot_id = arena.text(bootID)
        c.instance = arena.text(instance.text)
        c.highest_epoch = highestEpoch.rawValue
        c.answers_topology_reads = answersTopologyReads ? 1 : 0
        c.reads_peer_lists = readsPeerLists ? 1 : 0
    }

    init(wire c: Atoll__V1__AgentHello) throws(WireError) {
        let read = FieldReader("AgentHello")
        self.init(
            host: HostID(try read.text(c.host, "host")),
            address: try read.text(c.address, "address"),
            bootID: try read.text(c.boot_id, "boot_id"),
            instance: ObjectUID(try read.text(c.instance, "instance")),
            highestEpoch: Epoch(c.highest_epoch),
            answersTopologyReads: c.answers_topology_reads != 0,
            readsPeerLists: c.reads_peer_lists != 0
        )
    }
}

extension HelloReply: WireValue {
    static func clear(_ c: UnsafeMutablePointer<Atoll__V1__HelloReply>) { atoll__v1__hello_reply__init(c) }

    func write(to c: inout Atoll__V1__HelloReply, in arena: borrowing WireArena) {
        switch self {
        case .accepted(let welcome):
            c.answer_case = ATOLL__V1__HELLO_REPLY__ANSWER_ACCEPTED
            c.accepted = arena.message(welcome)
        case .refused(let refusal):
            c.answer_case = ATOLL__V1__HELLO_REPLY__ANSWER_REFUSED
            c.refused = arena.message(refusal)
        }
    }

    init(wire c: Atoll__V1__HelloReply) throws(WireError) {
        let read = FieldReader("HelloReply")
        self =
            switch c.answer_case {
            case ATOLL__V1__HELLO_REPLY__ANSWER_ACCEPTED: .accepted(try read.message(c.accepted, "accepted"))
            case ATOLL__V1__HELLO_REPLY__ANSWER_REFUSED: .refused(try read.message(c.refused, "refused"))
            default: throw read.missing("answer")
            }
    }
}

extension Welcome: WireValue {
    static func clear(_ c: UnsafeMutablePointer<Atoll__V1__Welcome>) { atoll__v1__welcome__init(c) }

    func write(to c: inout Atoll__V1__Welcome, in arena: borrowing WireArena) {
        c.version = version
        c.software = arena.text(software)
        c.epoch = epoch.rawValue
        c.heartbeat_interval_ns = heartbeatInterval.nanoseconds
        c.lease_ns = lease.nanoseconds
        c.renews_pod_leases = renewsPodLeases ? 1 : 0
        c.pod_lease_ns = podLease?.nanoseconds ?? 0
        c.takes_host_changes = takesHostChanges ? 1 : 0
    }

    init(wire c: Atoll__V1__Welcome) throws(WireError) {
        let read = FieldReader("Welcome")
        self.init(
            version: c.version,
            software: try read.text(c.software, "software"),
            epoch: Epoch(c.epoch),
            heartbeatInterval: try read.duration(c.heartbeat_interval_ns, "heartbeat_interval_ns"),
            lease: try read.duration(c.lease_ns, "lease_ns"),
            renewsPodLeases: c.renews_pod_leases != 0,
            podLease: try read.podLease(c.pod_lease_ns),
            takesHostChanges: c.takes_host_changes != 0
        )
    }
}

extension Heartbeat: WireValue {
    static func clear(_ c: UnsafeMutablePointer<Atoll__V1__Heartbeat>) { atoll__v1__heartbeat__init(c) }

    func write(to c: inout Atoll__V1__Heartbeat, in arena: borrowing WireArena) {
        c.sent_ns = sent
        c.pod_lease_ns = podLease?.nanoseconds ?? 0
    }

    init(wire c: Atoll__V1__Heartbeat) throws(WireError) {
        self.init(sent: c.sent_ns, podLease: try FieldReader("Heartbeat").podLease(c.pod_lease_ns))
    }
}

extension Refusal: WireValue {
    static func clear(_ c: UnsafeMutablePointer<Atoll__V1__Refusal>) { atoll__v1__refusal__init(c) }

    func write(to c: inout Atoll__V1__Refusal, in arena: borrowing WireArena) {
        c.code = code.wire
        c.message = arena.text(message)
    }

    init(wire c: Atoll__V1__Refusal) throws(WireError) {
        let read = FieldReader("Refusal")
        self.init(code: try read.choice(c.code, "code"), message: try read.text(c.message, "message"))
    }
}

extension Refusal.Code: WireEnum {
    var wire: Atoll__V1__Refusal__Code {
        switch self {
        case .versionUnsupported: ATOLL__V1__REFUSAL__CODE__VERSION_UNSUPPORTED
        case .hostNameTaken: ATOLL__V1__REFUSAL__CODE__HOST_NAME_TAKEN
        case .hostNameInvalid: ATOLL__V1__REFUSAL__CODE__HOST_NAME_INVALID
        case .staleCoordinator: ATOLL__V1__REFUSAL__CODE__STALE_COORDINATOR
        case .overloaded: ATOLL__V1__REFUSAL__CODE__OVERLOADED
        }
    }
}
