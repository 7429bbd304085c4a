public import AtollCore
public import AtollStore
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
    let path: String
    /// Nil once closed: GRDB must not be asked for anything after that.
    private let opened: Mutex<DatabaseQueue?>

    /// Opens the store at `path`, or makes it: a new file can be read by its owner only, and so can its folder if
    /// that is new (the folder's parent must exist).
    ///
    /// A file that is damaged, foreign, in use, read-only or from a newer release is refused as it was found.
    public init(path: String) throws(StoreError) {
        let path = StoreFile.absolute(path)
        self.path = path
        try StoreFile.create(at: path)
        let database = try translating(about: path) {
            try StoreFile.inspect(path)
            return try StoreFile.open(path)
        }
        opened = Mutex(database)
    }

    public func load() throws(StoreError) -> StoredState {
        try withDatabase { database in
            try database.read { db in try StoredState(from: db, at: path) }
        }
    }

    public func commit(_ changes: [StoreChange]) throws(StoreError) {
        try withDatabase { database in
            try database.write { db in
                for change in changes {
                    switch change {
                    case .put(let record): try record.put(into: db)
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
}
