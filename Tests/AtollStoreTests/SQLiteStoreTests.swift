import AtollCore
import AtollModel
import AtollStore
import AtollStoreSQLite
import Glibc
import Testing

@Suite struct SQLiteStoreTests {
    @Test func `everything committed is there when the file is opened again`() throws {
        try withFolder { folder in
            let first = try SQLiteStore(path: folder + "/store.db")
            try first.commit(Extremes.all.map { .put($0) })
            first.close()
            let second = try SQLiteStore(path: folder + "/store.db")
            defer { second.close() }
            #expect(try second.load() == Extremes.state)
        }
    }

    @Test func `what a killed process committed is there`() async throws {
        try await withFolder { folder in
            let path = folder + "/store.db"
            await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
                let store = try SQLiteStore(path: path)
                try store.commit(Extremes.all.map { .put($0) })
                kill(getpid(), SIGKILL)
            }
            let store = try SQLiteStore(path: path)
            defer { store.close() }
            #expect(try store.load() == Extremes.state)
        }
    }

    @Test func `every commit is synced, in a log, under a lock of its own`() throws {
        try withFolder { folder in
            let store = try SQLiteStore(path: folder + "/store.db")
            defer { store.close() }
            #expect(try store.pragma("synchronous") == "2")
            #expect(try store.pragma("journal_mode") == "wal")
            #expect(try store.pragma("locking_mode") == "exclusive")
        }
    }

    @Test func `only the owner may look into a new store and its new folder`() throws {
        try withFolder { folder in
            let store = try SQLiteStore(path: folder + "/new/store.db")
            defer { store.close() }
            try store.put(clusterRecord(1))
            #expect(try permissions(of: folder + "/new") == 0o700)
            #expect(try permissions(of: folder + "/new/store.db") == 0o600)
            #expect(try permissions(of: folder + "/new/store.db-wal") == 0o600)
        }
    }

    @Test func `a name that is special to SQLite is a file like any other`() throws {
        try withFolder { folder in
            let store = try SQLiteStore(path: folder + "/file::memory:?x=%20#y")
            try store.put(clusterRecord(1))
            store.close()
            #expect(try !bytes(of: folder + "/file::memory:?x=%20#y").isEmpty)
        }
    }

    @Test func `JSON keys that this release does not know are ignored`() throws {
        try withFolder { folder in
            let store = try SQLiteStore(path: folder + "/store.db")
            defer { store.close() }
            try store.commit(Extremes.all.map { .put($0) })
            for table in ["cluster", "hosts", "jobsets", "jobs", "volume_claims"] {
                try store.execute(#"UPDATE \#(table) SET json = '{"aKeyOfTomorrow":[1],' || substr(json, 2)"#)
            }
            #expect(try store.load() == Extremes.state)
        }
    }

    @Test func `a file of before there were volume claims is read, and brought to this release when it is opened`()
        throws
    {
        try withFolder { folder in
            let path = folder + "/store.db"
            let store = try SQLiteStore(path: path)
            try store.put(clusterRecord(1), hostRecord("h"))
            try store.execute("DROP TABLE volume_claims")
            try store.execute("DELETE FROM grdb_migrations WHERE identifier = 'volume claims'")
            try store.execute("PRAGMA user_version = 1")
            store.close()
            #expect(try SQLiteStore.check(path: path).hosts == 1)
            let opened = try SQLiteStore(path: path)
            defer { opened.close() }
            #expect(try opened.load().hosts.count == 1)
            #expect(try opened.pragma("user_version") == "2")
            try opened.put(claimRecord(ObjectName(name: "c")))
            #expect(try opened.load().volumeClaims.count == 1)
        }
    }

    @Test func `a record that cannot be understood is named`() throws {
        try withFolder { folder in
            let store = try SQLiteStore(path: folder + "/store.db")
            defer { store.close() }
            try store.put(jobRecord(ObjectName(namespace: "team", name: "train-0")))
            try store.execute("UPDATE jobs SET json = '{}'")
            let error = #expect(throws: StoreError.self) { try store.load() }
            #expect(error?.code == .corrupt)
            #expect(error?.message.contains("job team/train-0") == true)
        }
    }

    @Test func `a batch for which there is no space is not written at all`() throws {
        try withFolder { folder in
            let store = try SQLiteStore(path: folder + "/store.db")
            defer { store.close() }
            try store.put(clusterRecord(1))
            let pages = try #require(try store.pragma("page_count"))
            try store.execute("PRAGMA max_page_count = \(pages)")
            let changes = [StoreChange.put(clusterRecord(2))] + Extremes.all.map { .put($0) }
            let error = #expect(throws: StoreError.self) { try store.commit(changes) }
            #expect(error?.code == .full)
            #expect(try store.load().cluster?.revision == 1)
        }
    }
}
