public import AtollCore
public import AtollStore
import Foundation
import GRDB
import Synchronization

/// A store in one SQLite file: one row for each record, its key in columns and the rest as JSON.
///
/// A commit is one transaction in a write-ahead log, synced before it returns (`synchronous = FULL`). The file is
/// locked for as long as the store is open (`locking_mode = EXCLUSIVE`): the kernel drops the lock with the process,
/// so nothing stale is left after a crash, and a second coordinator is refused. The lock keeps out readers too; who
/// wants a copy asks the coordinator. Nothing else in this process may open the file meanwhile: POSIX drops a
/// process's locks when it closes any descriptor of the file.
///
/// JSON keys that this release does not know are ignored, those of optional members may be absent: a new member
/// needs no migration unless it is required.
public final class SQLiteStore: Store {
    private let path: String
    /// Nil once closed: GRDB must not be asked for anything after that.
    private let opened: Mutex<DatabaseQueue?>

    /// Opens the store at `path`, or makes it: a new file can be read by its owner only, and so can its folder if
    /// that is new (the folder's parent must exist).
    ///
    /// A file that is damaged, foreign, in use, read-only or from a newer release is refused as it was found.
    public init(path: String) throws(StoreError) {
        // Absolute, so that SQLite sees no special name (`:memory:`, `file:...`) in it.
        let url = URL(fileURLWithPath: path)
        self.path = url.path
        try StoreFile.create(at: url)
        let database = try translating(about: url.path) {
            try StoreFile.inspect(url.path)
            return try StoreFile.open(url.path)
        }
        opened = Mutex(database)
    }

    public func load() throws(StoreError) -> StoredState {
        try withDatabase { database in
            try database.read { db in
                let clusters: [ClusterRecord] = try rows("SELECT 'the cluster', json FROM cluster", in: db)
                return StoredState(
                    cluster: clusters.first,
                    hosts: try rows("SELECT 'host ' || name, json FROM hosts ORDER BY name", in: db),
                    jobSets: try rows(
                        "SELECT 'JobSet ' || namespace || '/' || name, json FROM jobsets ORDER BY namespace, name",
                        in: db
                    ),
                    jobs: try rows(
                        "SELECT 'job ' || namespace || '/' || name, json FROM jobs ORDER BY namespace, name",
                        in: db
                    )
                )
            }
        }
    }

    public func commit(_ changes: [StoreChange]) throws(StoreError) {
        try withDatabase { database in
            try database.write { db in
                let encoder = JSONEncoder()
                encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
                for change in changes {
                    switch change {
                    case .put(let record): try record.put(into: db, encodedBy: encoder)
                    case .delete(let key): try key.delete(from: db)
                    }
                }
            }
        }
    }

    public func close() {
        opened.withLock { database in
            // Everything committed is durable already; what fails here (tidying up the log) is done at the next open.
            try? database?.close()
            database = nil
        }
    }

    /// One use at a time, so that none meets a connection that is being closed.
    func withDatabase<Value: Sendable>(_ body: (DatabaseQueue) throws -> Value) throws(StoreError) -> Value {
        try opened.withLock { database throws(StoreError) in
            guard let database else { throw .closed(path) }
            return try translating(about: path) { try body(database) }
        }
    }

    /// The records of a query that gives a name for messages and JSON text.
    private func rows<R: Decodable>(_ query: String, in db: Database) throws -> [R] {
        let decoder = JSONDecoder()
        let cursor = try Row.fetchCursor(db, sql: query)
        var records: [R] = []
        while let row = try cursor.next() {
            do {
                records.append(try decoder.decode(R.self, from: Data((row[1] as String).utf8)))
            } catch let error as DecodingError {
                throw StoreError.unreadable(row[0] as String, in: path, because: error)
            }
        }
        return records
    }
}
