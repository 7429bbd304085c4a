import AtollCore
public import AtollModel
public import AtollStore
import GRDB
import Glibc

/// What became of a store's restoration.
public struct Restoration: Equatable, Sendable {
    public var summary: StoreSummary
    /// Agents have seen no epoch as high as this.
    public var epoch: Epoch
    /// Where the store that was there before is kept; nil if there was none.
    public var replaced: String?
}

extension SQLiteStore {
    /// Makes the store at `path` from a backup, with numbers moved on: see `ClusterRecord.movedOn`.
    ///
    /// The backup is only read. What is checked and changed is a copy of it beside `path`, which gets that name as the
    /// last step. Where a store is there already it throws `.exists`, or with `replacing` keeps the old one, with its
    /// log, under a name with the date. The process must not have that store open; if another has, it throws `.inUse`.
    ///
    /// After a crash at any point `path` holds the old store, none, or the new one: never one without its log, nor a
    /// log of another.
    public static func restore(
        _ backup: String,
        to path: String,
        replacing: Bool,
        at now: Timestamp
    ) throws(StoreError) -> Restoration {
        let (backup, path) = (StoreFile.absolute(backup), StoreFile.absolute(path))
        var summary = try check(path: backup)
        if StoreFile.size(of: backup + "-wal") > 0 { throw .unclosed(backup) }
        try StoreFile.createFolder(of: path)
        let lock = try StoreLock(path)
        let isOccupied = StoreFile.suffixes.contains { access(path + $0, F_OK) == 0 }
        guard replacing || !isOccupied else { throw .occupied(path) }

        let file = try NewFile(at: path)
        try StoreFile.copy(backup, to: file.descriptor, about: path)
        let epoch = try moveOn(file.temporaryPath, madeFrom: backup, at: now)
        let aside = isOccupied ? try StoreFile.setAside(path, at: now) : nil
        try file.install()
        lock?.release()
        summary.bytes = StoreFile.size(of: path)
        return Restoration(summary: summary, epoch: epoch, replaced: aside)
    }

    /// Brings the copy to the form of this release and its numbers to where the cluster has not been.
    private static func moveOn(_ path: String, madeFrom backup: String, at now: Timestamp) throws(StoreError) -> Epoch {
        let store = try SQLiteStore(path: path)
        defer { store.close() }
        guard let cluster = try store.load().cluster?.movedOn(at: now, randomBits: .random(in: .min ... .max)) else {
            throw .damaged(backup, "its epoch is missing or at its end")
        }
        try store.commit([.put(.cluster(cluster))])
        // Everything is to be in the one file that gets its name.
        try store.withDatabase { database in _ = try database.writeWithoutTransaction { try $0.checkpoint(.truncate) } }
        return cluster.epoch
    }
}

extension StoreError {
    fileprivate static func unclosed(_ path: String) -> StoreError {
        StoreError(.inUse, path, "is a store with a log beside it and no backup; start a coordinator with it instead")
    }

    fileprivate static func occupied(_ path: String) -> StoreError {
        StoreError(.exists, path, "a store is there already; use --replace to put the backup in its place and keep it")
    }
}
