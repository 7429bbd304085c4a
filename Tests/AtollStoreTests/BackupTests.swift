import AtollCore
import AtollModel
import AtollStore
import AtollStoreSQLite
import Dispatch
import Testing

@Suite struct BackupTests {
    @Test func `a copy holds what was committed before it and nothing else`() throws {
        try withFolder { folder in
            let store = try SQLiteStore(path: folder + "/store.db")
            defer { store.close() }
            try store.commit(Extremes.all.map { .put($0) })
            let summary = try store.backup(to: folder + "/copy")
            try store.put(hostRecord("later"))
            #expect(summary.jobSets == 1 && summary.jobs == 1 && summary.hosts == 1)
            #expect(summary.bytes == UInt64(try bytes(of: folder + "/copy").count))

            let copy = try SQLiteStore(path: folder + "/copy")
            defer { copy.close() }
            #expect(try copy.load() == Extremes.state)
            #expect(try store.load().hosts.count == 2)
        }
    }

    @Test func `a copy of a store in memory is one, too`() throws {
        let store = MemoryStore()
        try store.put(hostRecord("h"))
        _ = try store.backup(to: "/copy")
        try store.put(hostRecord("later"))
        #expect(store.backup(at: "/copy")?.hosts.count == 1)
        let error = #expect(throws: StoreError.self) { try store.backup(to: "/copy") }
        #expect(error?.code == .exists)
    }

    @Test func `a copy is for its owner alone and leaves nothing beside it`() throws {
        try withFolder { folder in
            try makeFolder(folder + "/copies")
            try withStore(in: folder) { store in _ = try store.backup(to: folder + "/copies/copy") }
            #expect(try permissions(of: folder + "/copies/copy") == 0o600)
            #expect(try names(in: folder + "/copies") == ["copy"])
        }
    }

    @Test func `what is there already is not touched`() throws {
        try withFolder { folder in
            try makeFolder(folder + "/copies")
            try write([1, 2, 3], to: folder + "/copies/copy")
            try withStore(in: folder) { store in
                expectRefusal(.exists, store, folder + "/copies/copy")
                try store.put(hostRecord("still writable"))
            }
            #expect(try bytes(of: folder + "/copies/copy") == [1, 2, 3])
            #expect(try names(in: folder + "/copies") == ["copy"])
        }
    }

    @Test func `a place where no file can be made is named`() throws {
        try withFolder { folder in
            try makeFolder(folder + "/copies")
            try withStore(in: folder) { store in
                expectRefusal(.cannotOpen, store, folder + "/no/such/copy")
                expectRefusal(.cannotOpen, store, "copy")
                expectRefusal(.cannotOpen, store, "")
                expectRefusal(.cannotOpen, store, "/proc/copy")
                store.close()
                let error = #expect(throws: StoreError.self) { try store.backup(to: folder + "/copies/copy") }
                #expect(error?.code == .closed)
            }
            #expect(try names(in: folder + "/copies") == [])
        }
    }

    @Test func `the store's size is that of its files`() throws {
        try withFolder { folder in
            try withStore(in: folder) { store in
                let files = [folder + "/store.db", folder + "/store.db-wal"]
                let sizes = try files.map { try bytes(of: $0).count }
                #expect(try store.size() == UInt64(sizes[0] + sizes[1]))
            }
        }
    }

    private func withStore(in folder: String, _ body: (SQLiteStore) throws -> Void) throws {
        let store = try SQLiteStore(path: folder + "/store.db")
        defer { store.close() }
        try store.put(clusterRecord(1))
        try body(store)
    }

    private func expectRefusal(
        _ code: StoreError.Code,
        _ store: SQLiteStore,
        _ path: String,
        at location: SourceLocation = #_sourceLocation
    ) {
        let error = #expect(throws: StoreError.self, sourceLocation: location) { try store.backup(to: path) }
        #expect(error?.code == code, "\(error?.message ?? "")", sourceLocation: location)
        #expect(error?.message.hasPrefix(path + ": ") == true, sourceLocation: location)
    }
}
