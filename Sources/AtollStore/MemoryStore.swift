public import AtollCore
public import AtollModel
import Synchronization

/// A store that lives as long as its process: for tests and the simulation.
///
/// What a crash leaves behind is `durable`; `MemoryStore(holding:)` is the store that the next process finds.
public final class MemoryStore: Store {
    private struct Contents {
        var records: [RecordKey: Record] = [:]
        var backups: [String: StoredState] = [:]
        var failure: StoreError?
        var isClosed = false
    }

    private let contents: Mutex<Contents>

    public init(holding state: StoredState = StoredState()) {
        var contents = Contents()
        for record in state.records { contents.records[record.key] = record }
        self.contents = Mutex(contents)
    }

    /// What has been committed, whether it is closed or not.
    public var durable: StoredState { contents.withLock { StoredState($0.records.values) } }

    /// What was copied to this path; nil where nothing was.
    public func backup(at path: String) -> StoredState? { contents.withLock { $0.backups[path] } }

    /// Lets the next commit fail with this error and change nothing.
    public func failNextCommit(with error: StoreError) {
        contents.withLock { $0.failure = error }
    }

    public func load() throws(StoreError) -> StoredState {
        try contents.withLock { contents throws(StoreError) in
            try Self.refuseIfClosed(contents)
            return StoredState(contents.records.values)
        }
    }

    public func commit(_ changes: [StoreChange]) throws(StoreError) {
        try contents.withLock { contents throws(StoreError) in
            try Self.refuseIfClosed(contents)
            if let failure = contents.failure {
                contents.failure = nil
                throw failure
            }
            for change in changes {
                switch change {
                case .put(let record): contents.records[record.key] = record
                case .delete(let key): contents.records[key] = nil
                }
            }
        }
    }

    public func backup(to path: String) throws(StoreError) -> StoreSummary {
        try contents.withLock { contents throws(StoreError) in
            try Self.refuseIfClosed(contents)
            guard contents.backups[path] == nil else {
                throw StoreError(code: .exists, message: "\(path): exists and was left as it is; name a new file")
            }
            let state = StoredState(contents.records.values)
            contents.backups[path] = state
            return StoreSummary(of: state, bytes: 0)
        }
    }

    public func size() throws(StoreError) -> UInt64 { 0 }

    public func close() {
        contents.withLock { $0.isClosed = true }
    }

    private static func refuseIfClosed(_ contents: Contents) throws(StoreError) {
        guard contents.isClosed else { return }
        throw StoreError(code: .closed, message: "the store in memory was closed before; make another")
    }
}

extension StoreSummary {
    public init(of state: StoredState, bytes: UInt64) {
        self.init(
            bytes: bytes,
            jobSets: UInt64(state.jobSets.count),
            jobs: UInt64(state.jobs.count),
            hosts: UInt64(state.hosts.count)
        )
    }
}

extension StoredState {
    fileprivate init(_ records: some Sequence<Record>) {
        self.init()
        for record in records {
            switch record {
            case .cluster(let record): cluster = record
            case .host(let record): hosts.append(record)
            case .jobSet(let record): jobSets.append(record)
            case .job(let record): jobs.append(record)
            case .volumeClaim(let claim): volumeClaims.append(claim)
            }
        }
        // The records come from a dictionary, in no order.
        hosts.sort { $0.facts.host < $1.facts.host }
        jobSets.sort { $0.name < $1.name }
        jobs.sort { $0.name < $1.name }
        volumeClaims.sort { $0.name < $1.name }
    }

    fileprivate var records: [Record] {
        (cluster.map { [.cluster($0)] } ?? []) + hosts.map { .host($0) } + jobSets.map { .jobSet($0) }
            + jobs.map { .job($0) } + volumeClaims.map { .volumeClaim($0) }
    }
}
