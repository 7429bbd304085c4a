// Mirrors proto/atoll/v1/supervisor.proto.
public import AtollModel
import CAtollWire

extension PodPlan {
    /// The content of a plan file.
    public func encoded() -> [UInt8] { packed() }

    public init(decoding bytes: [UInt8]) throws(WireError) {
        self = try bytes.withRawBytes { (bytes) throws(WireError) in try Self(unpacking: bytes) }
    }
}

extension PodRecord {
    /// The content of a record file.
    public func encoded() -> [UInt8] { packed() }

    public init(decoding bytes: [UInt8]) throws(WireError) {
        self = try bytes.withRawBytes { (bytes) throws(WireError) in try Self(unpacking: bytes) }
    }
}

extension InPlaceAttempts {
    /// The content of an attempts file.
    public func encoded() -> [UInt8] { packed() }

    public init(decoding bytes: [UInt8]) throws(WireError) {
        self = try bytes.withRawBytes { (bytes) throws(WireError) in try Self(unpacking: bytes) }
    }
}

extension InPlaceAttempts: WireRoot {
    static func unpack(
        _ allocator: UnsafeMutablePointer<ProtobufCAllocator>,
        _ count: Int,
        _ bytes: UnsafePointer<UInt8>?
    ) -> UnsafeMutablePointer<Atoll__V1__InPlaceAttempts>? {
        atoll__v1__in_place_attempts__unpack(allocator, count, bytes)
    }
}

extension PodPlan: WireRoot {
    static func clear(_ c: UnsafeMutablePointer<Atoll__V1__PodPlan>) { atoll__v1__pod_plan__init(c) }

    static func unpack(
        _ allocator: UnsafeMutablePointer<ProtobufCAllocator>,
        _ count: Int,
        _ bytes: UnsafePointer<UInt8>?
    ) -> UnsafeMutablePointer<Atoll__V1__PodPlan>? { atoll__v1__pod_plan__unpack(allocator, count, bytes) }

    func write(to c: inout Atoll__V1__PodPlan, in arena: borrowing WireArena) {
        c.launch = arena.message(launch)
        c.pod = arena.message(pod)
        c.peers = arena.optional(peers)
        c.host = arena.text(host.name)
        c.host_address = arena.text(hostAddress)
    }

    init(wire c: Atoll__V1__PodPlan) throws(WireError) {
        let read = FieldReader("PodPlan")
        self.init(
            launch: try read.message(c.launch, "launch"),
            pod: try read.message(c.pod, "pod"),
            peers: try read.optional(c.peers),
            host: HostID(try read.text(c.host, "host")),
            hostAddress: try read.text(c.host_address, "host_address")
        )
    }
}

extension PodRecord: WireRoot {
    static func clear(_ c: UnsafeMutablePointer<Atoll__V1__PodRecord>) { atoll__v1__pod_record__init(c) }

    static func unpack(
        _ allocator: UnsafeMutablePointer<ProtobufCAllocator>,
        _ count: Int,
        _ bytes: UnsafePointer<UInt8>?
    ) -> UnsafeMutablePointer<Atoll__V1__PodRecord>? { atoll__v1__pod_record__unpack(allocator, count, bytes) }

    func write(to c: inout Atoll__V1__PodRecord, in arena: borrowing WireArena) {
        c.pod = arena.message(pod)
        c.observation = arena.message(observation)
        c.supervisor_pid = supervisorPID
        (c.n_container_pids, c.container_pids) = arena.numbers(containerPIDs)
        c.heeds_lease = heedsLease ? 1 : 0
    }

    init(wire c: Atoll__V1__PodRecord) throws(WireError) {
        let read = FieldReader("PodRecord")
        self.init(
            pod: try read.message(c.pod, "pod"),
            observation: try read.message(c.observation, "observation"),
            supervisorPID: c.supervisor_pid,
            containerPIDs: read.numbers(c.container_pids, c.n_container_pids),
            heedsLease: c.heeds_lease != 0
        )
    }
}
