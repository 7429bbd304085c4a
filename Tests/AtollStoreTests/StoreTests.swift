import AtollCore
import AtollModel
import AtollStore
import Testing

/// What every backend owes.
@Suite struct StoreTests {
    @Test(arguments: Backend.allCases)
    func `a new store holds nothing`(backend: Backend) throws {
        try backend.withStore { store in
            let state = try store.load()
            #expect(state == StoredState())
        }
    }

    @Test(arguments: Backend.allCases)
    func `all kinds of records come back as they were put, whatever their values`(backend: Backend) throws {
        try backend.withStore { store in
            try store.commit(Extremes.all.map { .put($0) })
            #expect(try store.load() == Extremes.state)
        }
    }

    @Test(arguments: Backend.allCases)
    func `a record replaces the one with its key and no other`(backend: Backend) throws {
        try backend.withStore { store in
            let name = ObjectName(namespace: "a", name: "x")
            let other = ObjectName(namespace: "b", name: "x")
            try store.put(clusterRecord(1), hostRecord("h"), jobSetRecord(name), jobRecord(name), claimRecord(name))
            try store.put(hostRecord("i"), jobSetRecord(other), jobRecord(other), claimRecord(other))
            let expected = [
                clusterRecord(2), hostRecord("h", kernel: "new"), jobSetRecord(name, manifest: "new"),
                jobRecord(name, index: 7), claimRecord(name, spec: "new"),
            ]
            try store.commit(expected.map { .put($0) })

            let state = try store.load()
            #expect(state.cluster.map { .cluster($0) } == expected[0])
            #expect(state.hosts.map { .host($0) } == [expected[1], hostRecord("i")])
            #expect(state.jobSets.map { .jobSet($0) } == [expected[2], jobSetRecord(other)])
            #expect(state.jobs.map { .job($0) } == [expected[3], jobRecord(other)])
            #expect(state.volumeClaims.map { .volumeClaim($0) } == [expected[4], claimRecord(other)])
        }
    }

    @Test(arguments: Backend.allCases)
    func `a deleted record is gone, its neighbours are not`(backend: Backend) throws {
        try backend.withStore { store in
            let name = ObjectName(namespace: "a", name: "x")
            let other = ObjectName(namespace: "b", name: "x")
            let gone = [clusterRecord(1), hostRecord("h"), jobSetRecord(name), jobRecord(name), claimRecord(name)]
            let stays = [hostRecord("i"), jobSetRecord(other), jobRecord(other), claimRecord(other)]
            try store.commit((gone + stays).map { .put($0) })
            try store.commit(gone.map { .delete($0.key) })

            let state = try store.load()
            #expect(state.cluster == nil)
            #expect(state.hosts.map { .host($0) } == [stays[0]])
            #expect(state.jobSets.map { .jobSet($0) } == [stays[1]])
            #expect(state.jobs.map { .job($0) } == [stays[2]])
            #expect(state.volumeClaims.map { .volumeClaim($0) } == [stays[3]])
        }
    }

    @Test(arguments: Backend.allCases)
    func `deleting what is not there changes nothing`(backend: Backend) throws {
        try backend.withStore { store in
            try store.put(hostRecord("h"))
            try store.commit([.delete(.cluster), .delete(.host(HostID("x"))), .delete(.job(ObjectName(name: "h")))])
            #expect(try store.load().hosts.count == 1)
        }
    }

    @Test(arguments: Backend.allCases)
    func `changes of one batch are applied in their order`(backend: Backend) throws {
        try backend.withStore { store in
            let key = RecordKey.host(HostID("h"))
            try store.commit([.delete(key), .put(hostRecord("h", kernel: "1")), .put(hostRecord("h", kernel: "2"))])
            #expect(try store.load().hosts.map(\.facts.kernel) == ["2"])
            try store.commit([.put(hostRecord("h", kernel: "3")), .delete(key)])
            #expect(try store.load().hosts.isEmpty)
            try store.commit([.put(hostRecord("h", kernel: "4")), .delete(key), .put(hostRecord("h", kernel: "5"))])
            #expect(try store.load().hosts.map(\.facts.kernel) == ["5"])
        }
    }

    @Test(arguments: Backend.allCases)
    func `an empty batch is a batch`(backend: Backend) throws {
        try backend.withStore { store in
            try store.commit([])
            #expect(try store.load() == StoredState())
        }
    }

    @Test(arguments: Backend.allCases)
    func `ten thousand changes are one batch, and load in the order of their names`(backend: Backend) throws {
        try backend.withStore { store in
            let names = (0..<10_000).map { ObjectName(namespace: "n\($0 % 3)", name: "job-\($0 * 7919 % 10_000)") }
            try store.commit(names.map { .put(jobRecord($0)) })
            #expect(try store.load().jobs.map(\.name) == names.sorted())
        }
    }

    @Test(arguments: Backend.allCases)
    func `a closed store refuses everything but another close`(backend: Backend) throws {
        try backend.withStore { store in
            store.close()
            store.close()
            #expect(throws: StoreError.self) { try store.load() }
            let error = #expect(throws: StoreError.self) { try store.put(clusterRecord(1)) }
            #expect(error?.code == .closed)
        }
    }
}
