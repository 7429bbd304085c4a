public import AtollModel
public import AtollStore
import GRDB
import Glibc

extension SQLiteStore {
    /// The copy is another store file, without a log and without gaps; commits wait while it is made.
    public func backup(to path: String) throws(StoreError) -> StoreSummary {
        guard path.hasPrefix("/") else { throw .relative(path) }
        // Looked at before the work; whoever makes such a file meanwhile is noticed by `install`.
        if access(path, F_OK) == 0 { throw .exists(path) }
        let file = try NewFile(at: path)
        let target = file.temporaryPath
        var summary = try withDatabase { database in
            try database.writeWithoutTransaction { db in
                do {
                    try db.execute(sql: "VACUUM INTO ?", arguments: [target])
                } catch let error as DatabaseError where error.isAboutTheCopy {
                    throw StoreError(error, about: path)
                }
                return try StoreSummary(countedIn: db)
            }
        }
        try file.install()
        summary.bytes = StoreFile.size(of: path)
        return summary
    }

    public func size() throws(StoreError) -> UInt64 {
        StoreFile.suffixes.reduce(0) { $0 + StoreFile.size(of: path + $1) }
    }
}

extension DatabaseError {
    /// What the medium of the copy is to blame for, and not the store that is read.
    fileprivate var isAboutTheCopy: Bool {
        switch resultCode {
        case .SQLITE_FULL, .SQLITE_IOERR, .SQLITE_READONLY, .SQLITE_CANTOPEN, .SQLITE_PERM: true
        default: false
        }
    }
}

extension StoreSummary {
    fileprivate init(countedIn db: Database) throws {
        func count(_ table: String) throws -> UInt64 {
            UInt64(try Int.fetchOne(db, sql: "SELECT count(*) FROM \(table)") ?? 0)
        }
        self.init(bytes: 0, jobSets: try count("jobsets"), jobs: try count("jobs"), hosts: try count("hosts"))
    }
}
