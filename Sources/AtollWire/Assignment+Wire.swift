// Mirrors proto/atoll/v1/assignment.proto; JobLaunch has a file of its own.
import AtollModel
import CAtollWire

extension Assignment: WireValue {
    static func clear(_ c: UnsafeMutablePointer<Atoll__V1__Assignment>) { atoll__v1__assignment__init(c) }

    func write(to c: inout Atoll__V1__Assignment, in arena: borrowing WireArena) {
        c.epoch = epoch.rawValue
        c.generation = generation.rawValue
        if let base {
            c.base_generation_presence_case = ATOLL__V1__ASSIGNMENT__BASE_GENERATION_PRESENCE_BASE_GENERATION
            c.base_generation = base.rawValue
        }
        (c.n_launches, c.launches) = arena.messages(launches)
        (c.n_peers, c.peers) = arena.messages(peers)
        (c.n_peer_lists, c.peer_lists) = arena.messages(peerLists)
        (c.n_pods, c.pods) = arena.messages(pods)
        (c.n_forget, c.forget) = arena.messages(forget)
        (c.n_removals, c.removals) = arena.messages(removals)
    }

    init(wire c: Atoll__V1__Assignment) throws(WireError) {
        let read = FieldReader("Assignment")
        let hasBase = c.base_generation_presence_case == ATOLL__V1__ASSIGNMENT__BASE_GENERATION_PRESENCE_BASE_GENERATION
        self.init(
            epoch: Epoch(c.epoch),
            generation: Generation(c.generation),
            base: hasBase ? Generation(c.base_generation) : nil,
            launches: try read.messages(c.launches, c.n_launches),
            peers: try read.messages(c.peers, c.n_peers),
            peerLists: try read.messages(c.peer_lists, c.n_peer_lists),
            pods: try read.messages(c.pods, c.n_pods),
            forget: try read.messages(c.forget, c.n_forget),
            removals: try read.messages(c.removals, c.n_removals)
        )
    }
}

extension PodAssignment: WireValue {
    static func clear(_ c: UnsafeMutablePointer<Atoll__V1__PodAssignment>) { atoll__v1__pod_assignment__init(c) }

    func write(to c: inout Atoll__V1__PodAssignment, in arena: borrowing WireArena) {
        c.id = arena.message(id)
        c.goal = goal.wire
        (c.n_devices, c.devices) = arena.numbers(devices)
        c.attempts = arena.optional(attempts)
    }

    init(wire c: Atoll__V1__PodAssignment) throws(WireError) {
        let read = FieldReader("PodAssignment")
        self.init(
            id: try read.message(c.id, "id"),
            goal: try read.choice(c.goal, "goal"),
            devices: read.numbers(c.devices, c.n_devices),
            attempts: try read.optional(c.attempts)
        )
    }
}

extension InPlaceAttempts: WireValue {
    static func clear(_ c: UnsafeMutablePointer<Atoll__V1__InPlaceAttempts>) { atoll__v1__in_place_attempts__init(c) }

    func write(to c: inout Atoll__V1__InPlaceAttempts, in arena: borrowing WireArena) {
        if let previous {
            c.previous_presence_case = ATOLL__V1__IN_PLACE_ATTEMPTS__PREVIOUS_PRESENCE_PREVIOUS
            c.previous = previous
        }
        if let current {
            c.current_presence_case = ATOLL__V1__IN_PLACE_ATTEMPTS__CURRENT_PRESENCE_CURRENT
            c.current = current
        }
        if let first {
            c.first_presence_case = ATOLL__V1__IN_PLACE_ATTEMPTS__FIRST_PRESENCE_FIRST
            c.first = first
        }
    }

    init(wire c: Atoll__V1__InPlaceAttempts) {
        let hasPrevious = c.previous_presence_case == ATOLL__V1__IN_PLACE_ATTEMPTS__PREVIOUS_PRESENCE_PREVIOUS
        let hasCurrent = c.current_presence_case == ATOLL__V1__IN_PLACE_ATTEMPTS__CURRENT_PRESENCE_CURRENT
        let hasFirst = c.first_presence_case == ATOLL__V1__IN_PLACE_ATTEMPTS__FIRST_PRESENCE_FIRST
        self.init(
            previous: hasPrevious ? c.previous : nil,
            current: hasCurrent ? c.current : nil,
            first: hasFirst ? c.first : nil
        )
    }
}

extension PodAssignment.Goal: WireEnum {
    var wire: Atoll__V1__PodAssignment__Goal {
        switch self {
        case .run: ATOLL__V1__POD_ASSIGNMENT__GOAL__RUN
        case .stop: ATOLL__V1__POD_ASSIGNMENT__GOAL__STOP
        }
    }
}

extension PeerTable: WireValue {
    static func clear(_ c: UnsafeMutablePointer<Atoll__V1__PeerTable>) { atoll__v1__peer_table__init(c) }

    func write(to c: inout Atoll__V1__PeerTable, in arena: borrowing WireArena) {
        c.job_set_uid = arena.text(jobSetUID.text)
        c.subdomain = arena.text(subdomain)
        (c.n_jobs, c.jobs) = arena.messages(jobs)
    }

    init(wire c: Atoll__V1__PeerTable) throws(WireError) {
        let read = FieldReader("PeerTable")
        self.init(
            jobSetUID: ObjectUID(try read.text(c.job_set_uid, "job_set_uid")),
            subdomain: try read.text(c.subdomain, "subdomain"),
            jobs: try read.messages(c.jobs, c.n_jobs)
        )
    }
}

extension PeerTable.Job: WireValue {
    static func clear(_ c: UnsafeMutablePointer<Atoll__V1__PeerJob>) { atoll__v1__peer_job__init(c) }

    func write(to c: inout Atoll__V1__PeerJob, in arena: borrowing WireArena) {
        c.name = arena.text(name)
        (c.n_addresses, c.addresses) = arena.texts(addresses)
    }

    init(wire c: Atoll__V1__PeerJob) throws(WireError) {
        let read = FieldReader("PeerJob")
        self.init(
            name: try read.text(c.name, "name"),
            addresses: try read.texts(c.addresses, c.n_addresses, "addresses")
        )
    }
}
