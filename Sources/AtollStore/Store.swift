public import AtollCore
public import AtollModel

/// Where the coordinator's records survive it.
///
/// A store is a table of records by key, and each commit is one transaction: after a crash at any point the next
/// `load()` gives all of it or nothing of it. All calls block until the medium has answered; the coordinator makes
/// them through a `StoreThread`, never on its loop.
///
/// This target holds the contract, what every backend shares, and the store in memory. It does no IO.
public protocol Store: Sendable {
    /// All records: hosts, JobSets, jobs and volume claims each in the order of their names.
    func load() throws(StoreError) -> StoredState

    /// Applies the changes in their order, together; on return they survive a power cut.
    ///
    /// Deleting what is not there changes nothing. After an error it is unknown to the caller what is on the medium
    /// (a failed sync may have written everything), so it must not go on: it ends, and the next start loads.
    func commit(_ changes: [StoreChange]) throws(StoreError)

    /// Writes what was committed before, and nothing else, to a new file at an absolute path, and says how much.
    ///
    /// On return the copy is durable under its name, for its owner alone; an error leaves nothing there. A file that
    /// is there already is not touched (`.exists`). The store itself is unharmed by any of these errors.
    func backup(to path: String) throws(StoreError) -> StoreSummary

    /// Bytes it takes on its medium, log included.
    func size() throws(StoreError) -> UInt64

    /// Gives the store back, so that another may open it. Later calls fail with `.closed`; closing again is harmless.
    func close()
}
