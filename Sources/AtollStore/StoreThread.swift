public import AtollCore
import Dispatch
import Synchronization

/// Writes to a store away from the loop: what is submitted while one commit is being written rides in the next.
///
/// Batches become durable in the order in which they were submitted, and their completions run in that order, on
/// this thread. The first failure is the last commit: its whole group and everything after it are told the same
/// error, because what is on the medium is unknown from there on; the process must end.
///
/// It takes all that it is given: who submits bounds what waits here. From any thread.
public final class StoreThread: Sendable {
    private struct Batch: Sendable {
        var changes: [StoreChange]
        var submittedAt: ContinuousClock.Instant
        var completion: @Sendable (Result<CommitReport, StoreError>) -> Void
    }

    /// Gives its own answer: about the store, or about why it is not asked.
    private typealias Question = @Sendable (Result<any Store, StoreError>) -> Void

    private enum Work: Sendable {
        /// Batches that ride in one commit.
        case commit([Batch])
        case question(Question)
    }

    private struct State {
        var waiting: [Work] = []
        /// True from the first work that waits until none does.
        var isDraining = false
        /// Why nothing is written any more.
        var refusal: StoreError?

        mutating func add(_ batch: Batch) {
            guard case .commit(var batches)? = waiting.last else { return waiting.append(.commit([batch])) }
            // Held once while it grows, or each batch would copy all before it.
            waiting.removeLast()
            batches.append(batch)
            waiting.append(.commit(batches))
        }
    }

    private let store: any Store
    private let clock = ContinuousClock()
    private let state = Mutex(State())
    // A serial queue has a thread for as long as there is work, beside the pool of the concurrency runtime, so a slow
    // disk holds up nobody else.
    private let queue = DispatchQueue(label: "atoll.store")

    /// - Parameter store: used by this thread alone from now on, and closed by `stop()`.
    public init(_ store: any Store) { self.store = store }

    /// Returns at once; `completion` runs on the store's thread once the changes are durable, or will never be.
    public func submit(
        _ changes: [StoreChange],
        completion: @escaping @Sendable (Result<CommitReport, StoreError>) -> Void
    ) {
        let batch = Batch(changes: changes, submittedAt: clock.now, completion: completion)
        let mustStart = state.withLock { state in
            state.add(batch)
            defer { state.isDraining = true }
            return !state.isDraining
        }
        if mustStart { queue.async { self.drain() } }
    }

    /// Asks the store itself: after everything that was submitted before, and before what is submitted later.
    ///
    /// Returns at once; `completion` runs on the store's thread. An error of the question harms no commit.
    public func ask<Answer: Sendable>(
        _ question: @escaping @Sendable (any Store) throws(StoreError) -> Answer,
        completion: @escaping @Sendable (Result<Answer, StoreError>) -> Void
    ) {
        let answering: Question = { store in
            completion(Result { () throws(StoreError) in try question(try store.get()) })
        }
        let mustStart = state.withLock { state in
            state.waiting.append(.question(answering))
            defer { state.isDraining = true }
            return !state.isDraining
        }
        if mustStart { queue.async { self.drain() } }
    }

    /// Finishes what was submitted, with its completions, and closes the store; later batches are refused.
    ///
    /// Blocks; must not be called by a completion.
    public func stop() {
        dispatchPrecondition(condition: .notOnQueue(queue))
        queue.sync {
            drain()
            let closed = StoreError(code: .closed, message: "the store is closed: its coordinator ends")
            state.withLock { $0.refusal = $0.refusal ?? closed }
            store.close()
        }
    }

    private func drain() {
        while let (work, refusal) = takeNext() {
            switch work {
            case .commit(let batches): if let refusal { refuse(batches, with: refusal) } else { write(batches) }
            case .question(let ask): ask(refusal.map { .failure($0) } ?? .success(store))
            }
        }
    }

    private func takeNext() -> (work: Work, refusal: StoreError?)? {
        state.withLock { state in
            guard !state.waiting.isEmpty else {
                state.isDraining = false
                return nil
            }
            return (state.waiting.removeFirst(), state.refusal)
        }
    }

    private func write(_ group: [Batch]) {
        let changes = group.flatMap(\.changes)
        let began = clock.now
        do throws(StoreError) {
            try store.commit(changes)
        } catch {
            state.withLock { $0.refusal = error }
            return refuse(group, with: error)
        }
        let ended = clock.now
        for batch in group {
            let report = CommitReport(
                batches: group.count,
                changes: changes.count,
                duration: ended - began,
                latency: ended - batch.submittedAt
            )
            batch.completion(.success(report))
        }
    }

    private func refuse(_ group: [Batch], with error: StoreError) {
        for batch in group { batch.completion(.failure(error)) }
    }
}

/// What became of one batch.
public struct CommitReport: Equatable, Sendable {
    /// Batches in its transaction, and the changes of all of them.
    public var batches, changes: Int
    /// What the transaction took.
    public var duration: Duration
    /// From the batch's submission until it was durable: `duration`, and the wait for the commit before.
    public var latency: Duration

    public init(batches: Int, changes: Int, duration: Duration, latency: Duration) {
        self.batches = batches
        self.changes = changes
        self.duration = duration
        self.latency = latency
    }
}
