import GRDB

/// The tables, and how a file of an older release gets to them.
enum Schema {
    /// SQLite's `application_id` of our files: "Atol". Source: https://www.sqlite.org/fileformat2.html, 1.3.16.
    static let applicationID = 0x4174_6F6C

    /// SQLite's `user_version` of our files: how many migrations have been applied.
    static var version: Int { migrations.count }

    /// Append only: a released migration is never changed, renamed or moved.
    private static let migrations: [(name: String, sql: String)] = [
        (
            "records",
            """
            PRAGMA application_id = \(applicationID);
            CREATE TABLE cluster (id INTEGER PRIMARY KEY CHECK (id = 1), json TEXT NOT NULL) STRICT;
            CREATE TABLE hosts (name TEXT PRIMARY KEY NOT NULL, json TEXT NOT NULL) STRICT;
            CREATE TABLE jobsets (
                namespace TEXT NOT NULL, name TEXT NOT NULL, json TEXT NOT NULL, PRIMARY KEY (namespace, name)
            ) STRICT;
            CREATE TABLE jobs (
                namespace TEXT NOT NULL, name TEXT NOT NULL, jobset TEXT NOT NULL, json TEXT NOT NULL,
                PRIMARY KEY (namespace, name)
            ) STRICT;
            """
        ),
        (
            "volume claims",
            """
            CREATE TABLE volume_claims (
                namespace TEXT NOT NULL, name TEXT NOT NULL, json TEXT NOT NULL, PRIMARY KEY (namespace, name)
            ) STRICT;
            """
        ),
    ]

    /// Brings the file to `version`, each step in a transaction of its own.
    static func migrate(_ database: DatabaseQueue) throws {
        var migrator = DatabaseMigrator()
        for (index, migration) in migrations.enumerated() {
            migrator.registerMigration(migration.name) { db in
                try db.execute(sql: migration.sql)
                try db.execute(sql: "PRAGMA user_version = \(index + 1)")
            }
        }
        try migrator.migrate(database)
    }
}
