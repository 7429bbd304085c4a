import AtollLoop
import AtollModel

/// What has arrived for one request and has not been taken, or who waits for it.
///
/// Transitions: open -> ended, once the last reply has come or the time is over.
struct Mailbox {
    typealias Delivery = Result<AdminReply.Body?, ClientError>

    /// True for a request that goes on after its list is complete.
    let isWatch: Bool
    var timer: LoopTimer?
    /// Bytes that are held for a taker, roughly.
    private(set) var size = 0
    private var replies: [AdminReply.Body] = []
    /// Replies before this one were taken; they are dropped when all were.
    private var taken = 0
    private var end: Delivery?
    private var waiting: CheckedContinuation<Delivery, Never>?

    init(isWatch: Bool) { self.isWatch = isWatch }

    mutating func deliver(_ body: AdminReply.Body) {
        guard end == nil else { return }
        if case .failed(let failure) = body { return finish(.failure(.failed(failure))) }
        if body != .done {
            if let waiting = waiting.take() { waiting.resume(returning: .success(body)) } else { hold(body) }
        }
        if body.endsRequest(isWatch: isWatch) { finish(.success(nil)) }
    }

    /// Nothing more comes; what is here can still be taken.
    mutating func finish(_ result: Delivery) {
        guard end == nil else { return }
        end = result
        timer = nil
        waiting.take()?.resume(returning: result)
    }

    /// What is here already; nil when the taker has to wait.
    mutating func take() -> Delivery? {
        guard taken < replies.count else { return end }
        let body = replies[taken]
        replies[taken] = .done
        taken += 1
        size -= body.size
        if taken == replies.count {
            replies.removeAll()
            taken = 0
        }
        return .success(body)
    }

    mutating func wait(_ taker: CheckedContinuation<Delivery, Never>) {
        precondition(waiting == nil, "the replies to one request have one taker")
        waiting = taker
    }

    private mutating func hold(_ body: AdminReply.Body) {
        size += body.size
        replies.append(body)
    }
}

extension AdminReply.Body {
    fileprivate func endsRequest(isWatch: Bool) -> Bool {
        switch self {
        case .applied, .backedUp, .status, .topology, .done, .failed: true
        case .objects(_, _, let last): last && !isWatch
        case .changed, .output: false
        }
    }

    fileprivate var size: Int {
        let overhead = 64
        return switch self {
        case .applied(let results): results.count * 256
        case .objects(let objects, _, _): objects.reduce(overhead) { $0 + $1.utf8.count }
        case .changed(_, let object, _): overhead + object.utf8.count
        case .output(_, let data): overhead + data.count
        case .topology(let text): overhead + text.utf8.count
        case .backedUp, .status: overhead
        case .done, .failed: 0
        }
    }
}
