import AtollStore
import GRDB
import Glibc

/// The way to an open store: `create`, then `inspect`, which changes nothing, then `open`.
enum StoreFile {
    /// Makes an empty file that only its owner can read, and its folder, where they do not exist.
    static func create(at path: String) throws(StoreError) {
        try createFolder(of: path)
        let descriptor = Glibc.open(path, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0o600)
        if descriptor >= 0 {
            Glibc.close(descriptor)
        } else if errno != EEXIST {
            throw .system(errno, "cannot make the file", path)
        }
    }

    /// Looks at the file by a connection that cannot write, so that one which is refused stays as it was: a writing
    /// one would move the log into it when it closes.
    static func inspect(_ path: String) throws {
        try refuseUnwritable(path)
        try read(path) { db in
            try refuseForeign(db, path)
            try refuseDamaged(db, path)
        }
    }

    /// Gives what `body` finds in the file, by a connection that cannot write.
    static func read<Value>(_ path: String, _ body: (Database) throws -> Value) throws -> Value {
        try refuseNoFile(path)
        var configuration = Configuration()
        configuration.readonly = true
        configuration.busyMode = .immediateError
        let database = try DatabaseQueue(path: path, configuration: configuration)
        let value = try database.read(body)
        try database.close()
        return value
    }

    /// Opens the file for this process alone and brings its tables to this release.
    static func open(_ path: String) throws -> DatabaseQueue {
        var configuration = Configuration()
        configuration.label = "atoll.store.sqlite"
        configuration.journalMode = .wal
        configuration.busyMode = .immediateError
        configuration.prepareDatabase { db in
            // Before the first read, so that the log's index is never shared memory.
            try db.execute(sql: "PRAGMA locking_mode = EXCLUSIVE")
        }
        let database = try DatabaseQueue(path: path, configuration: configuration)
        try database.writeWithoutTransaction { db in
            // After opening: turning the log on, GRDB sets NORMAL, where a power cut may take the last commits.
            try db.execute(sql: "PRAGMA synchronous = FULL")
        }
        try Schema.migrate(database)
        return database
    }

    /// The superuser may write to anything: a file without any write permission is refused for it too.
    private static func refuseUnwritable(_ path: String) throws {
        let mode = try refuseNoFile(path).st_mode
        if mode & 0o222 == 0 || access(path, W_OK) != 0 { throw StoreError.readOnly(path) }
    }

    @discardableResult
    private static func refuseNoFile(_ path: String) throws -> stat {
        var status = stat()
        guard stat(path, &status) == 0 else {
            throw errno == ENOENT ? StoreError.missing(path) : .system(errno, "cannot look at the file", path)
        }
        guard status.st_mode & S_IFMT == S_IFREG else { throw StoreError.notAFile(path) }
        return status
    }

    static func refuseDamaged(_ db: Database, _ path: String) throws {
        guard let finding = try String.fetchOne(db, sql: "PRAGMA quick_check(1)"), finding != "ok" else { return }
        throw StoreError.damaged(path, finding)
    }

    /// An empty file is not foreign: it becomes a store when it is opened.
    static func refuseForeign(_ db: Database, _ path: String) throws {
        let applicationID = try Int.fetchOne(db, sql: "PRAGMA application_id") ?? 0
        let version = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
        if applicationID == Schema.applicationID {
            if version > Schema.version { throw StoreError.newer(path, version: version) }
        } else {
            // A new file, or one whose making was cut short, has nothing in it.
            let tables = try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_schema") ?? 0
            if applicationID != 0 || version != 0 || tables != 0 { throw StoreError.foreign(path) }
        }
    }
}
