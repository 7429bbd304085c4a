import AtollStore
import GRDB
import Glibc

/// Gives what `body` gives; what SQLite complains about becomes a `StoreError` about the file at `path`.
func translating<T>(about path: String, _ body: () throws -> T) throws(StoreError) -> T {
    do {
        return try body()
    } catch let error as StoreError {
        throw error
    } catch let error as DatabaseError {
        throw StoreError(error, about: path)
    } catch {
        throw StoreError(code: .io, message: "\(path): \(error)")
    }
}

extension StoreError {
    /// Source: https://www.sqlite.org/rescode.html.
    init(_ error: DatabaseError, about path: String) {
        let finding = "\(error.message ?? "unknown error"), SQLite code \(error.extendedResultCode.rawValue)"
        // The log's index could not be enlarged: by SQLite's word, a full disk.
        if error.extendedResultCode == .SQLITE_IOERR_SHMSIZE {
            self = .full(path)
            return
        }
        switch error.resultCode {
        case .SQLITE_BUSY, .SQLITE_LOCKED: self = .inUse(path)
        case .SQLITE_NOTADB: self = .foreign(path)
        case .SQLITE_CORRUPT: self = .damaged(path, finding)
        case .SQLITE_READONLY: self = .readOnly(path)
        case .SQLITE_FULL: self = .full(path)
        case .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_AUTH:
            let advice = "it must be a file that this user may write"
            self = StoreError(.cannotOpen, path, "cannot be opened (\(finding)); \(advice)")
        default:
            let advice = "check the disk and the kernel's log, then start again"
            self = StoreError(.io, path, "reading or writing failed (\(finding)); \(advice)")
        }
    }

    init(_ code: Code, _ path: String, _ message: String) {
        self.init(code: code, message: "\(path): \(message)")
    }

    static func system(_ error: CInt, _ action: String, _ path: String) -> StoreError {
        switch error {
        case EROFS: .readOnly(path)
        case ENOSPC, EDQUOT: .full(path)
        default:
            StoreError(
                .cannotOpen,
                path,
                "\(action): \(String(cString: strerror(error))); the folder must exist and this user may write to it"
            )
        }
    }

    static func closed(_ path: String) -> StoreError { StoreError(.closed, path, "was closed before; open it again") }

    static func missing(_ path: String) -> StoreError {
        StoreError(.cannotOpen, path, "is not there; name a store or a backup")
    }

    static func notAFile(_ path: String) -> StoreError {
        StoreError(.cannotOpen, path, "is a folder or a device; name a file")
    }

    static func inUse(_ path: String) -> StoreError {
        StoreError(.inUse, path, "another process has it open; stop that coordinator, or give this one another file")
    }

    static func relative(_ path: String) -> StoreError {
        StoreError(.cannotOpen, path, "is not absolute; name the file from / on")
    }

    static func exists(_ path: String) -> StoreError {
        StoreError(.exists, path, "exists and was left as it is; name a new file")
    }

    static func foreign(_ path: String) -> StoreError {
        StoreError(.foreign, path, "is not a store of Atoll and was left as it is; name another file")
    }

    static func newer(_ path: String, version: Int) -> StoreError {
        let finding = "is of form \(version), this release knows up to \(Schema.version), and was left as it is"
        let advice = "start the newer release that wrote it, or restore a backup that this one made"
        return StoreError(.newerRelease, path, "\(finding); \(advice)")
    }

    static func damaged(_ path: String, _ finding: String) -> StoreError {
        let advice = "keep a copy of it and of its -wal file, check the disk, and restore a backup"
        return StoreError(.corrupt, path, "is damaged (\(finding)); \(advice)")
    }

    static func unreadable(_ record: String, in path: String, because error: DecodingError) -> StoreError {
        let advice = "start the release that wrote it, or restore a backup"
        return StoreError(.corrupt, path, "the record of \(record) cannot be understood (\(error)); \(advice)")
    }

    static func full(_ path: String) -> StoreError {
        StoreError(.full, path, "no space is left for it; free some, then try again")
    }

    static func readOnly(_ path: String) -> StoreError {
        StoreError(.readOnly, path, "may not be written; permit it to this user, or mount its file system for writing")
    }
}
