import AtollCore
import AtollModel
import AtollStore
import GRDB
import Glibc
import Testing

@testable import AtollStoreSQLite

/// Files that must be refused, and stay as they were.
@Suite struct SQLiteRefusalTests {
    @Test func `a second opener is refused until the first has closed`() throws {
        try withFolder { folder in
            let path = folder + "/store.db"
            let first = try SQLiteStore(path: path)
            expectRefusal(.inUse, of: path)
            try first.put(clusterRecord(1))
            expectRefusal(.inUse, of: path)
            first.close()
            try SQLiteStore(path: path).close()
        }
    }

    @Test func `another process is refused, and leaves the store to its owner`() async throws {
        try await withFolder { folder in
            let path = folder + "/store.db"
            let store = try SQLiteStore(path: path)
            defer { store.close() }
            await #expect(processExitsWith: .exitCode(7)) { [path = path as String] in
                do throws(StoreError) {
                    try SQLiteStore(path: path).close()
                } catch {
                    exit(error.code == .inUse ? 7 : 1)
                }
            }
            try store.put(clusterRecord(1))
            #expect(try store.load().cluster?.revision == 1)
        }
    }

    @Test func `a file from a newer release is left as it was`() throws {
        try withStoreFile { path in
            var content = try bytes(of: path)
            // `user_version`, big-endian at offset 60. Source: https://www.sqlite.org/fileformat2.html, 1.3.
            content[63] = UInt8(Schema.version + 1)
            try write(content, to: path)
            expectRefusal(.newerRelease, of: path)
            #expect(try bytes(of: path) == content)
        }
    }

    @Test func `a file from a newer release that was killed is left as it was, with its log`() throws {
        try withFolder { folder in
            let newer = try SQLiteStore(path: folder + "/store.db")
            defer { newer.close() }
            try newer.execute("PRAGMA user_version = 99")
            let (file, log) = (try bytes(of: folder + "/store.db"), try bytes(of: folder + "/store.db-wal"))
            try write(file, to: folder + "/killed.db")
            try write(log, to: folder + "/killed.db-wal")
            expectRefusal(.newerRelease, of: folder + "/killed.db")
            #expect(try bytes(of: folder + "/killed.db") == file)
            #expect(try bytes(of: folder + "/killed.db-wal") == log)
        }
    }

    @Test(arguments: ["hello", String(repeating: "not a database at all\n", count: 1000)])
    func `a file that is no database is left as it was`(content: String) throws {
        try withFolder { folder in
            try write(Array(content.utf8), to: folder + "/store.db")
            expectRefusal(.foreign, of: folder + "/store.db")
            #expect(try bytes(of: folder + "/store.db") == Array(content.utf8))
        }
    }

    @Test(arguments: ["CREATE TABLE theirs (x)", "PRAGMA user_version = 1", "PRAGMA application_id = 7"])
    func `a database of somebody else is left as it was`(sql: String) throws {
        try withFolder { folder in
            let theirs = try DatabaseQueue(path: folder + "/theirs.db")
            try theirs.writeWithoutTransaction { try $0.execute(sql: sql) }
            try theirs.close()
            let content = try bytes(of: folder + "/theirs.db")
            expectRefusal(.foreign, of: folder + "/theirs.db")
            #expect(try bytes(of: folder + "/theirs.db") == content)
        }
    }

    @Test func `a file with any one page damaged is left as it was`() throws {
        try withStoreFile { path in
            let content = try bytes(of: path)
            let pageSize = 4096
            #expect(content.count % pageSize == 0 && content.count / pageSize > 10)
            for page in 1..<(content.count / pageSize) {
                var damaged = content
                for offset in 0..<pageSize { damaged[page * pageSize + offset] = 0xFF }
                try write(damaged, to: path)
                expectRefusal(.corrupt, of: path)
                #expect(try bytes(of: path) == damaged)
            }
            try write(content, to: path)
            try SQLiteStore(path: path).close()
        }
    }

    @Test func `a file that was cut off is left as it was`() throws {
        try withStoreFile { path in
            let content = Array(try bytes(of: path).dropLast(3 * 4096))
            try write(content, to: path)
            expectRefusal(.corrupt, of: path)
            #expect(try bytes(of: path) == content)
        }
    }

    @Test func `a read-only file is refused`() throws {
        try withStoreFile { path in
            try setPermissions(0o400, of: path)
            expectRefusal(.readOnly, of: path)
            try setPermissions(0o600, of: path)
            try SQLiteStore(path: path).close()
        }
    }

    @Test func `a path that cannot be a file is refused`() throws {
        try withFolder { folder in
            expectRefusal(.cannotOpen, of: folder)
            expectRefusal(.cannotOpen, of: folder + "/no/such/store.db")
            try write([1], to: folder + "/file")
            expectRefusal(.cannotOpen, of: folder + "/file/store.db")
        }
    }

    @Test func `an empty file becomes a store`() throws {
        try withFolder { folder in
            try write([], to: folder + "/store.db")
            let store = try SQLiteStore(path: folder + "/store.db")
            defer { store.close() }
            #expect(try store.load() == StoredState())
        }
    }

    /// A closed store with a few pages in each table.
    private func withStoreFile(_ body: (String) throws -> Void) throws {
        try withFolder { folder in
            let store = try SQLiteStore(path: folder + "/store.db")
            let names = (0..<100).map { ObjectName(name: "name-\($0)") }
            try store.commit(
                names.flatMap { [.put(jobSetRecord($0)), .put(jobRecord($0)), .put(hostRecord($0.name))] }
            )
            store.close()
            try body(folder + "/store.db")
        }
    }

    private func expectRefusal(_ code: StoreError.Code, of path: String, at location: SourceLocation = #_sourceLocation)
    {
        let error = #expect(throws: StoreError.self, sourceLocation: location) { try SQLiteStore(path: path) }
        #expect(error?.code == code, "\(error?.message ?? "")", sourceLocation: location)
        #expect(error?.message.hasPrefix(path + ": ") == true, sourceLocation: location)
    }
}
