import AtollCore
import AtollStore
import GRDB

extension StoredState {
    /// Reads and decodes every record.
    ///
    /// - Parameter path: the file's, for messages.
    init(from db: Database, at path: String) throws {
        let clusters: [ClusterRecord] = try Self.rows("SELECT 'the cluster', json FROM cluster", in: db, at: path)
        self.init(
            cluster: clusters.first,
            hosts: try Self.rows("SELECT 'host ' || name, json FROM hosts ORDER BY name", in: db, at: path),
            jobSets: try Self.rows(
                "SELECT 'JobSet ' || namespace || '/' || name, json FROM jobsets ORDER BY namespace, name",
                in: db,
                at: path
            ),
            jobs: try Self.rows(
                "SELECT 'job ' || namespace || '/' || name, json FROM jobs ORDER BY namespace, name",
                in: db,
                at: path
            ),
            volumeClaims: try Self.volumeClaims(in: db, at: path)
        )
    }

    /// None in a file of before there were any, which is only read.
    private static func volumeClaims(in db: Database, at path: String) throws -> [VolumeClaim] {
        guard try db.tableExists("volume_claims") else { return [] }
        return try rows(
            "SELECT 'volume claim ' || namespace || '/' || name, json FROM volume_claims ORDER BY namespace, name",
            in: db,
            at: path
        )
    }

    /// The records of a query that gives a name for messages and JSON text.
    private static func rows<R: Decodable>(_ query: String, in db: Database, at path: String) throws -> [R] {
        let cursor = try Row.fetchCursor(db, sql: query)
        var records: [R] = []
        while let row = try cursor.next() {
            do {
                records.append(try RecordDecoder.value(R.self, from: row[1]))
            } catch let error as DecodingError {
                throw StoreError.unreadable(row[0] as String, in: path, because: error)
            }
        }
        return records
    }
}
