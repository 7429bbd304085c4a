import AtollModel

/// What the coordinator answers to one request, in order, until it is done. Has one consumer.
public struct Replies<Element: Sendable>: AsyncSequence, Sendable {
    let connection: AdminConnection
    let request: UInt64
    /// Nil for a reply that does not belong here.
    let read: @Sendable (AdminReply.Body) throws(ClientError) -> Element?

    public struct AsyncIterator: AsyncIteratorProtocol {
        let replies: Replies

        public mutating func next(
            isolation actor: isolated (any Actor)? = #isolation
        ) async throws(ClientError) -> Element? {
            guard let body = try await replies.connection.next(of: replies.request) else { return nil }
            guard let element = try replies.read(body) else {
                throw .protocolViolation("a reply of another kind")
            }
            return element
        }

        public mutating func next() async throws(ClientError) -> Element? { try await next(isolation: nil) }
    }

    public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(replies: self) }

    /// Ends a watch or followed output: nothing more comes.
    public func cancel() async { await connection.cancel(request) }
}
