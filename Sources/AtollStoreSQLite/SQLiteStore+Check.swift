import AtollCore
public import AtollModel
public import AtollStore
import GRDB

extension SQLiteStore {
    /// Looks through a store that nobody has open, or a backup: the file's pages, every record, and whether a
    /// coordinator could start with them.
    ///
    /// File and log stay as they are. SQLite may leave the log's index (`-shm`) beside a store, never beside a backup.
    public static func check(path: String) throws(StoreError) -> StoreSummary {
        let path = StoreFile.absolute(path)
        let state = try translating(about: path) {
            try StoreFile.read(path) { db in
                try StoreFile.refuseForeign(db, path)
                guard try Int.fetchOne(db, sql: "PRAGMA application_id") == Schema.applicationID else {
                    throw StoreError.foreign(path)
                }
                try StoreFile.refuseDamaged(db, path)
                return try StoredState(from: db, at: path)
            }
        }
        do throws(RestoreError) {
            _ = try CoordinatorCore(restoring: state, seed: 0)
        } catch {
            throw .damaged(path, error.message)
        }
        return StoreSummary(of: state, bytes: StoreFile.suffixes.reduce(0) { $0 + StoreFile.size(of: path + $1) })
    }
}
