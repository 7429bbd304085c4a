import AtollCore
import AtollModel
import GRDB

// Qualified: GRDB has a `Record` too.
extension AtollCore.Record {
    /// Writes the record's row, over the one with the same key if there is one.
    func put(into db: Database) throws {
        switch self {
        case .cluster(let record):
            try db.run(
                "INSERT INTO cluster (id, json) VALUES (1, ?) ON CONFLICT DO UPDATE SET json = excluded.json",
                [try RecordEncoder.text(of: record)]
            )
        case .host(let record):
            try db.run(
                "INSERT INTO hosts (name, json) VALUES (?, ?) ON CONFLICT DO UPDATE SET json = excluded.json",
                [record.facts.host.name, try RecordEncoder.text(of: record)]
            )
        case .jobSet(let record):
            try db.run(
                """
                INSERT INTO jobsets (namespace, name, json) VALUES (?, ?, ?)
                ON CONFLICT DO UPDATE SET json = excluded.json
                """,
                [record.name.namespace, record.name.name, try RecordEncoder.text(of: record)]
            )
        case .job(let record):
            try db.run(
                """
                INSERT INTO jobs (namespace, name, jobset, json) VALUES (?, ?, ?, ?)
                ON CONFLICT DO UPDATE SET jobset = excluded.jobset, json = excluded.json
                """,
                [record.name.namespace, record.name.name, record.jobSet.name, try RecordEncoder.text(of: record)]
            )
        case .volumeClaim(let claim):
            try db.run(
                """
                INSERT INTO volume_claims (namespace, name, json) VALUES (?, ?, ?)
                ON CONFLICT DO UPDATE SET json = excluded.json
                """,
                [claim.name.namespace, claim.name.name, try RecordEncoder.text(of: claim)]
            )
        }
    }
}

extension RecordKey {
    func delete(from db: Database) throws {
        switch self {
        case .cluster:
            try db.run("DELETE FROM cluster", [])
        case .host(let host):
            try db.run("DELETE FROM hosts WHERE name = ?", [host.name])
        case .jobSet(let name):
            try db.run("DELETE FROM jobsets WHERE namespace = ? AND name = ?", [name.namespace, name.name])
        case .job(let name):
            try db.run("DELETE FROM jobs WHERE namespace = ? AND name = ?", [name.namespace, name.name])
        case .volumeClaim(let name):
            try db.run("DELETE FROM volume_claims WHERE namespace = ? AND name = ?", [name.namespace, name.name])
        }
    }
}

extension Database {
    /// Runs a statement that is prepared once for each connection.
    fileprivate func run(_ sql: String, _ arguments: StatementArguments) throws {
        try cachedStatement(sql: sql).execute(arguments: arguments)
    }
}
