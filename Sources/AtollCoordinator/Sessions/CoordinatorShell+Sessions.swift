import AtollCore
import AtollLoop
import AtollModel
import AtollWire
import Logging

extension CoordinatorShell {
    func received(_ bytes: UnsafeRawBufferPointer, on id: SessionID) {
        guard let session = sessions[id] else { return }
        session.decoder.append(bytes)
        do throws(WireError) {
            while session.stream.isOpen, let message = try session.decoder.next() { received(message, on: session) }
        } catch {
            log.warning(
                "closed a connection that does not speak the protocol",
                metadata: ["peer": "\(session.peer)", "error": "\(error.message)"]
            )
            session.stream.close(flushing: false)
        }
    }

    func closed(_ id: SessionID, _ reason: AtollLoop.Stream.CloseReason) {
        guard let session = sessions.removeValue(forKey: id) else { return }
        switch session.role {
        case .agent:
            handle(.session(session.id, .closed(reason: reason.description)))
            logs.agentLeft(session.id)
            topologyAgentLeft(session.id)
        case .admin:
            watches.remove(session: session.id)
            logs.remove(session: session.id)
            topologyReads.remove(session: session.id)
        case .unknown: break
        }
    }

    private func received(_ message: Message, on session: PeerSession) {
        switch (session.role, message) {
        case (.unknown, .hello(let hello)): greeted(hello, session)
        case (.agent, .hostFacts(let facts)): handle(.session(session.id, .reported(facts)))
        case (.agent, .hostChange(let change)): handle(.session(session.id, .changed(change)))
        case (.agent, .status(let batch)): handle(.session(session.id, .observed(batch)))
        case (.agent, .heartbeat(let heartbeat)): handle(.session(session.id, .heartbeat(heartbeat)))
        case (.agent, .outputChunk(let chunk)): received(chunk)
        case (.agent, .topologyText(let text)): received(text, from: session.id)
        case (.agent, .goodbye(let reason)): handle(.session(session.id, .goodbye(reason: reason)))
        case (.admin, .request(let request)): received(request, from: session)
        default:
            log.warning("closed a connection that sent a message out of turn", metadata: ["peer": "\(session.peer)"])
            session.stream.close(flushing: false)
        }
    }

    private func greeted(_ hello: Hello, _ session: PeerSession) {
        guard let version = hello.versions.agreed(with: .current) else {
            let message =
                "this coordinator (\(AtollVersion.current)) speaks versions \(VersionRange.current.oldest) to "
                + "\(VersionRange.current.newest) of the protocol, the peer (\(hello.software)) \(hello.versions.oldest) "
                + "to \(hello.versions.newest); upgrade the older side"
            session.send(.helloReply(.refused(Refusal(code: .versionUnsupported, message: message))))
            return session.stream.close(flushing: true)
        }
        session.version = version
        session.decoder.frameBytesMax = WireLimits.frameBytesMax
        switch hello.role {
        case .agent(let agent):
            session.role = .agent(agent.host)
            session.answersTopologyReads = agent.answersTopologyReads
            handle(.session(session.id, .greeted(agent, peer: "\(session.stream.peer)")))
        case .admin:
            session.role = .admin
            session.send(.helloReply(.accepted(welcome(version: version))))
        }
    }

    private func welcome(version: UInt32) -> Welcome {
        Welcome(
            version: version,
            software: AtollVersion.current,
            epoch: core.cluster.epoch,
            heartbeatInterval: settings.policy.heartbeatInterval,
            lease: settings.policy.lease
        )
    }

    // MARK: Sending

    func perform(_ send: Send) {
        switch send {
        case .hello(let id, let reply): answer(reply, to: id)
        case .assignment(let id, let assignment): sessions[id]?.send(.assignment(assignment))
        case .heartbeat(let id, let answer): sessions[id]?.send(.heartbeat(answer))
        case .reply(let ticket, let body):
            sessions[ticket.session]?.send(.reply(AdminReply(request: ticket.request, body: body)))
        case .close(let id, _): sessions[id]?.stream.close(flushing: true)
        }
    }

    private func answer(_ reply: HelloReply, to id: SessionID) {
        guard let session = sessions[id] else { return }
        guard case .accepted(var welcome) = reply else { return session.send(.helloReply(reply)) }
        welcome.version = session.version
        session.send(.helloReply(.accepted(welcome)))
    }
}

extension AtollLoop.Stream.CloseReason {
    /// For logs and messages.
    fileprivate var description: String {
        switch self {
        case .endOfFile: "the peer closed the connection"
        case .reset(let number): "connection reset (errno \(number))"
        case .local: "closed here"
        case .timedOut: "the peer did not take what was sent"
        case .writeBufferFull: "the peer reads too slowly"
        }
    }
}
