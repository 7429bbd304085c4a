import AtollCore
import AtollModel
import AtollStore
import Dispatch
import Synchronization
import Testing

@Suite struct StoreThreadTests {
    @Test func `what is submitted during a commit rides in the next, in its order`() throws {
        let store = GatedStore()
        let thread = StoreThread(store)
        let outcomes = Outcomes()
        thread.submit([change(1)], completion: outcomes.note("1"))
        store.began.wait()
        thread.submit([change(2), change(3)], completion: outcomes.note("2"))
        thread.submit([], completion: outcomes.note("3"))
        thread.submit([change(4)], completion: outcomes.note("4"))
        store.mayEnd(commits: 2)
        thread.stop()

        #expect(store.commits == [[change(1)], [change(2), change(3), change(4)]])
        #expect(outcomes.names == ["1", "2", "3", "4"])
        let reports = try outcomes.results.map { try $0.get() }
        #expect(reports.map(\.batches) == [1, 3, 3, 3])
        #expect(reports.map(\.changes) == [1, 3, 3, 3])
        #expect(reports.allSatisfy { $0.duration <= $0.latency })
    }

    @Test func `many batches become durable in the order of submission`() throws {
        let store = MemoryStore()
        let thread = StoreThread(store)
        let outcomes = Outcomes()
        for number in 1...1000 { thread.submit([change(UInt64(number))], completion: outcomes.note("\(number)")) }
        thread.stop()
        #expect(outcomes.names == (1...1000).map(String.init))
        #expect(store.durable.cluster?.revision == 1000)
    }

    @Test func `a failed commit fails its whole group and everything after it`() {
        let failure = StoreError(code: .full, message: "no space is left")
        let store = GatedStore(failingFrom: 1, with: failure)
        let thread = StoreThread(store)
        let outcomes = Outcomes()
        thread.submit([change(1)], completion: outcomes.note("1"))
        store.began.wait()
        thread.submit([change(2)]) { result in
            outcomes.note("2")(result)
            thread.submit([change(4)], completion: outcomes.note("4"))
        }
        thread.submit([change(3)], completion: outcomes.note("3"))
        store.mayEnd(commits: 4)  // More than may begin: one too many fails the test and does not hang it.
        thread.stop()
        let told = DispatchSemaphore(value: 0)
        thread.submit([change(5)]) { result in
            outcomes.note("5")(result)
            told.signal()
        }
        told.wait()

        #expect(outcomes.names == ["1", "2", "3", "4", "5"])
        #expect(outcomes.results.map(\.failure) == [nil, failure, failure, failure, failure])
        #expect(store.commits == [[change(1)]])
    }

    @Test func `stopping finishes what was submitted, closes the store and refuses the rest`() {
        let store = MemoryStore()
        let thread = StoreThread(store)
        thread.submit([change(1)]) { _ in }
        thread.stop()
        thread.stop()
        #expect(store.durable.cluster?.revision == 1)
        #expect(throws: StoreError.self) { try store.load() }

        let late = Outcomes()
        let told = DispatchSemaphore(value: 0)
        thread.submit([change(2)]) { result in
            late.note("2")(result)
            told.signal()
        }
        told.wait()
        #expect(late.results.map(\.failure?.code) == [.closed])
        #expect(store.durable.cluster?.revision == 1)
    }

    @Test func `a copy holds exactly the batches that were submitted before it`() throws {
        let store = MemoryStore()
        let thread = StoreThread(store)
        let outcomes = Outcomes()
        for number in 1...100 {
            thread.submit([change(UInt64(number))]) { _ in }
            thread.ask { store throws(StoreError) in
                try store.backup(to: "/\(number)")
            } completion: { _ in
            }
        }
        thread.submit([change(200)], completion: outcomes.note("200"))
        thread.stop()
        #expect((1...100).map { store.backup(at: "/\($0)")?.cluster?.revision } == (1...100).map { UInt64($0) })
        #expect(outcomes.names == ["200"] && store.durable.cluster?.revision == 200)
    }

    @Test func `a question that fails harms no commit`() throws {
        let store = MemoryStore()
        let thread = StoreThread(store)
        let failure = StoreError(code: .full, message: "no space is left for the copy")
        let told = Mutex<[StoreError?]>([])
        thread.ask { _ throws(StoreError) -> Int in
            throw failure
        } completion: { result in
            told.withLock { $0.append(result.failure) }
        }
        thread.submit([change(1)]) { result in told.withLock { $0.append(result.failure) } }
        thread.stop()
        #expect(told.withLock(\.self) == [failure, nil])
        #expect(store.durable.cluster?.revision == 1)
    }

    @Test func `after a failed commit nothing is asked any more`() {
        let store = MemoryStore()
        let failure = StoreError(code: .io, message: "the disk is gone")
        store.failNextCommit(with: failure)
        let thread = StoreThread(store)
        let told = Mutex<[StoreError?]>([])
        thread.submit([change(1)]) { result in told.withLock { $0.append(result.failure) } }
        thread.ask { store throws(StoreError) in
            try store.backup(to: "/copy")
        } completion: { result in
            told.withLock { $0.append(result.failure) }
        }
        thread.stop()
        #expect(told.withLock(\.self) == [failure, failure])
        #expect(store.backup(at: "/copy") == nil)
    }

    private func change(_ number: UInt64) -> StoreChange { .put(clusterRecord(number)) }
}

/// A store whose commits end when the test says so.
private final class GatedStore: Store {
    /// Signalled as a commit begins.
    let began = DispatchSemaphore(value: 0)
    private let gate = DispatchSemaphore(value: 0)
    private let written = Mutex<[[StoreChange]]>([])
    private let successes: Int
    private let failure: StoreError?

    init(failingFrom successes: Int = .max, with failure: StoreError? = nil) {
        self.successes = successes
        self.failure = failure
    }

    var commits: [[StoreChange]] { written.withLock(\.self) }

    func mayEnd(commits: Int) {
        for _ in 0..<commits { gate.signal() }
    }

    func load() throws(StoreError) -> StoredState { StoredState() }

    func commit(_ changes: [StoreChange]) throws(StoreError) {
        began.signal()
        gate.wait()
        if let failure, commits.count >= successes { throw failure }
        written.withLock { $0.append(changes) }
    }

    func backup(to path: String) throws(StoreError) -> StoreSummary {
        throw StoreError(code: .cannotOpen, message: "\(path): this store is never copied")
    }

    func size() throws(StoreError) -> UInt64 { 0 }

    func close() {}
}

/// What the completions were told, in their order.
private final class Outcomes: Sendable {
    private let noted = Mutex<[(name: String, result: Result<CommitReport, StoreError>)]>([])

    var names: [String] { noted.withLock { $0.map(\.name) } }
    var results: [Result<CommitReport, StoreError>] { noted.withLock { $0.map(\.result) } }

    func note(_ name: String) -> @Sendable (Result<CommitReport, StoreError>) -> Void {
        { result in self.noted.withLock { $0.append((name, result)) } }
    }
}

extension Result {
    fileprivate var failure: Failure? { if case .failure(let error) = self { error } else { nil } }
}
