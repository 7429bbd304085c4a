import AtollCore
import AtollLoop
import AtollModel
import AtollWire

extension CoordinatorShell {
    private static let pieceBytes: UInt32 = 64 << 10

    func start(_ request: AdminRequest.Logs, _ ticket: AdminTicket) {
        guard core.outputSources(of: request.kind, request.name) != nil else {
            let message =
                "\(request.kind.singular) \(request.name.name) does not exist in namespace \(request.name.namespace)"
            return sendAfterCommit(.reply(ticket, .failed(AdminFailure(code: .notFound, message: message))))
        }
        logs.add(LogRelay(ticket: ticket, request: request))
        refreshLogs()
    }

    /// Looks for new pods of each request, asks for what is not being read, and ends what is complete.
    func refreshLogs() {
        for index in logs.relays.indices.reversed() {
            let relay = logs.relays[index]
            let sources = core.outputSources(of: relay.request.kind, relay.request.name) ?? []
            for source in sources { logs.update(index) { $0.add(source.pod, name: source.name) } }
            read(index, from: sources)
            endIfComplete(index, sources)
        }
    }

    func readMoreOutput() {
        refreshLogs()
        watchersShouldLook()
    }

    /// One read at a time for each pod, and none while the administrator's connection is full.
    private func read(_ index: Int, from sources: [OutputSource]) {
        let relay = logs.relays[index]
        guard sessions[relay.ticket.session]?.stream.isWritable == true else { return }
        for (position, reader) in relay.readers.enumerated() where !reader.isDone && reader.read == nil {
            guard let source = sources.first(where: { $0.pod == reader.pod }) else {
                // Replaced or forgotten: nobody has its output any more.
                logs.update(index) { $0.readers[position].isDone = true }
                continue
            }
            guard let agent = source.session, let session = sessions[agent] else { continue }
            let number = logs.nextRead()
            logs.update(index) { $0.readers[position].read = (number, agent) }
            let read = OutputRead(
                read: number,
                pod: reader.pod,
                start: reader.start,
                bytesMax: Self.pieceBytes,
                follow: relay.request.follow
            )
            session.send(.outputRead(read))
        }
    }

    func received(_ chunk: OutputChunk) {
        guard let (relay, reader) = logs.find(chunk.read) else { return }
        var lines: [UInt8] = []
        logs.update(relay) { lines = $0.take(chunk, reader: reader) }
        if !lines.isEmpty {
            let body = AdminReply.Body.output(pod: logs.relays[relay].readers[reader].name, data: lines)
            perform(.reply(logs.relays[relay].ticket, body))
        }
        let request = logs.relays[relay].request
        let sources = core.outputSources(of: request.kind, request.name) ?? []
        read(relay, from: sources)
        endIfComplete(relay, sources)
    }

    private func endIfComplete(_ index: Int, _ sources: [OutputSource]) {
        let relay = logs.relays[index]
        let request = relay.request
        if request.follow && core.outputMayGrow(of: request.kind, request.name) { return }
        let open = relay.readers.filter { !$0.isDone }
        let unreachable = open.filter { reader in
            reader.read == nil && sources.contains { $0.pod == reader.pod && $0.session == nil }
        }
        guard open.count == unreachable.count else { return }
        _ = logs.remove(relay.ticket)
        guard !unreachable.isEmpty else { return perform(.reply(relay.ticket, .done)) }
        let hosts = sources.filter { $0.session == nil }.map(\.host.name)
        let message =
            "the output of \(unreachable.map(\.name).joined(separator: ", ")) cannot be read: not connected: "
            + "\(hosts.joined(separator: ", ")); see atollctl get hosts"
        perform(.reply(relay.ticket, .failed(AdminFailure(code: .unavailable, message: message))))
    }
}
