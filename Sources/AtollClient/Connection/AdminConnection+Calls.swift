public import AtollModel
public import AtollYAML

/// What a watch sees.
public enum Observation: Equatable, Sendable {
    /// A part of what was there when the watch began.
    case listed([YAMLNode], isLast: Bool)
    case changed(AdminReply.Change, YAMLNode)
}

/// A piece of one pod's output.
public struct LogPiece: Equatable, Sendable {
    public var pod: String
    public var data: [UInt8]

    public init(pod: String, data: [UInt8]) {
        self.pod = pod
        self.data = data
    }
}

extension AdminConnection {
    /// One result for each document of the manifest, once all of them are durable.
    public func apply(_ apply: AdminRequest.Apply) async throws(ClientError) -> [ApplyResult] {
        guard case .applied(let results)? = try await answer(to: .apply(apply)) else {
            throw .protocolViolation("no result of apply")
        }
        return results
    }

    public func list(_ list: AdminRequest.List) async throws(ClientError) -> [YAMLNode] {
        let request = send(.list(list))
        var objects: [YAMLNode] = []
        while let body = try await next(of: request) {
            guard case .objects(let part, _, _) = body else { throw .protocolViolation("no list") }
            objects += try Self.parse(part)
        }
        return objects
    }

    /// Returns when the deletion has been accepted; the object goes once its pods are gone.
    public func delete(_ delete: AdminRequest.Delete) async throws(ClientError) {
        if try await answer(to: .delete(delete)) != nil { throw .protocolViolation("an answer to delete") }
    }

    /// Decides about a host. The decision is durable on return; what follows from it may take its time.
    public func order(_ order: HostOrder, about host: HostID) async throws(ClientError) {
        if try await answer(to: .host(host, order)) != nil {
            throw .protocolViolation("an answer to \(order.verb.rawValue)")
        }
    }

    /// Everything that is there, then every change. After `timeout` it throws `.timedOut`.
    public func watch(_ list: AdminRequest.List, timeout: Duration? = nil) -> Replies<Observation> {
        var list = list
        list.watch = true
        return Replies(connection: self, request: send(.list(list), timeout: timeout)) { body throws(ClientError) in
            switch body {
            case .objects(let objects, _, let last): .listed(try Self.parse(objects), isLast: last)
            case .changed(let change, let object, _): .changed(change, try Self.parse(object))
            case .applied, .output, .backedUp, .status, .topology, .done, .failed: nil
            }
        }
    }

    public func logs(_ logs: AdminRequest.Logs) -> Replies<LogPiece> {
        Replies(connection: self, request: send(.logs(logs))) { body throws(ClientError) in
            if case .output(let pod, let data) = body { LogPiece(pod: pod, data: data) } else { nil }
        }
    }

    /// Lets the coordinator copy its store to a new file at an absolute path of its own host; the copy is on disk on
    /// return.
    public func backUp(to path: String) async throws(ClientError) -> StoreSummary {
        guard case .backedUp(let summary)? = try await answer(to: .backup(path: path)) else {
            throw .protocolViolation("no result of backup")
        }
        return summary
    }

    public func status() async throws(ClientError) -> CoordinatorStatus {
        guard case .status(let status)? = try await answer(to: .status) else { throw .protocolViolation("no status") }
        return status
    }

    /// Lets a host's agent look at its host; what it has drawn ends in a newline.
    public func topology(
        of host: HostID,
        as format: TopologyRead.Format
    ) async throws(ClientError) -> String {
        guard case .topology(let text)? = try await answer(to: .topology(host, format)) else {
            throw .protocolViolation("no topology")
        }
        return text
    }

    /// The only reply to a call; nil for one that is merely done.
    private func answer(to call: AdminRequest.Call) async throws(ClientError) -> AdminReply.Body? {
        let request = send(call)
        defer { mailboxes[request] = nil }
        return try await next(of: request)
    }

    private static func parse(_ texts: [String]) throws(ClientError) -> [YAMLNode] {
        var nodes: [YAMLNode] = []
        nodes.reserveCapacity(texts.count)
        for text in texts { nodes.append(try parse(text)) }
        return nodes
    }

    private static func parse(_ text: String) throws(ClientError) -> YAMLNode {
        do throws(YAMLError) {
            if let node = try YAMLNode.parse(text).first { return node }
        } catch {
            throw .protocolViolation("an object that is no JSON, \(error)")
        }
        throw .protocolViolation("an empty object")
    }
}
