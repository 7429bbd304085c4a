import AtollCore
import AtollLoop
import AtollModel
import AtollTopology
import AtollWire
import Logging

// The connection to a coordinator. Whatever belongs to an earlier one is recognised by identity and ignored.
extension AgentShell {
    func perform(_ command: ConnectionCommand) {
        switch command {
        case .connect(let position): connect(to: settings.coordinators[position])
        case .close: closeConnection()
        }
    }

    func transmit(_ send: AgentSend) { transmit(Message(send)) }

    func transmit(_ message: Message) {
        log.trace("sending", metadata: [LogKey.message: "\(message.name)"])
        connection?.stream?.write(message.encodedFrame())
    }

    private func connect(to coordinator: CoordinatorAddress) {
        let connection = CoordinatorConnection(to: coordinator)
        self.connection = connection
        if Network.isLiteral(coordinator.host) {
            dial(connection, coordinator.host)
        } else {
            Task {
                let address = await Self.resolve(coordinator)
                guard self.connection === connection else { return }
                guard let address else { return lost(connection, "\(coordinator.host) has no address") }
                dial(connection, address)
            }
        }
    }

    @concurrent private static func resolve(_ coordinator: CoordinatorAddress) async -> String? {
        Network.resolve(coordinator)
    }

    private func dial(_ connection: CoordinatorConnection, _ address: String) {
        let target = SocketAddress.internet(host: address, port: connection.coordinator.port)
        // A stopping agent waits no longer than this for its last words to arrive.
        var limits = AtollLoop.Stream.Limits()
        limits.lingerTime = .seconds(2)
        connection.connector = Connector(on: loop, to: target, limits: limits) { result in
            guard self.connection === connection else { return }
            connection.connector = nil
            switch result {
            case .success(let stream): self.opened(connection, stream)
            case .failure(let error): self.lost(connection, error.description)
            }
        }
    }

    private func opened(_ connection: CoordinatorConnection, _ stream: AtollLoop.Stream) {
        connection.stream = stream
        let key = ObjectIdentifier(stream)
        stream.start(
            .init(
                onBytes: { self.received($0, connection) },
                onClosed: { reason in
                    self.closed(key)
                    self.lost(connection, "\(reason)")
                }
            )
        )
        handle(.connected)
    }

    private func received(_ bytes: UnsafeRawBufferPointer, _ connection: CoordinatorConnection) {
        connection.decoder.append(bytes)
        do throws(WireError) {
            while self.connection === connection, let message = try connection.decoder.next() {
                dispatch(message, connection)
            }
        } catch {
            connection.stream?.close(flushing: false)
            lost(connection, "the coordinator sent what is no message: \(error)")
        }
    }

    private func dispatch(_ message: Message, _ connection: CoordinatorConnection) {
        log.trace("received", metadata: [LogKey.message: "\(message.name)"])
        if case .helloReply(.accepted) = message { connection.decoder.frameBytesMax = WireLimits.frameBytesMax }
        if let input = AgentInput(message) { return handle(input) }
        switch message {
        case .outputRead(let read): answer(read)
        case .topologyRead(let read): answer(read)
        case .goodbye(let reason):
            connection.stream?.close(flushing: false)
            lost(connection, "the coordinator goes down: \(reason)")
        case .helloReply, .assignment, .heartbeat: break
        case .hello, .hostFacts, .hostChange, .status, .outputChunk, .topologyText, .request, .reply:
            connection.stream?.close(flushing: false)
            lost(connection, "the coordinator sent \(message.name), which is not for agents")
        }
    }

    private func lost(_ connection: CoordinatorConnection, _ reason: String) {
        guard self.connection === connection else { return }
        forgetConnection()
        handle(.disconnected(reason: reason))
    }

    private func closeConnection() {
        if let stream = connection?.stream, stream.isOpen {
            closing[ObjectIdentifier(stream)] = stream
            stream.close(flushing: true)
        }
        forgetConnection()
    }

    private func forgetConnection() {
        connection?.connector?.cancel()
        connection = nil
        dropFollows()
    }

    private func closed(_ key: ObjectIdentifier) {
        guard closing.removeValue(forKey: key) != nil else { return }
        if isStopping { endWhenFlushed() }
    }
}

extension Message {
    /// For logs.
    fileprivate var name: String {
        switch self {
        case .hello: "hello"
        case .helloReply: "hello reply"
        case .hostFacts: "host facts"
        case .hostChange: "host change"
        case .assignment: "assignment"
        case .status: "status"
        case .heartbeat: "heartbeat"
        case .outputRead: "output read"
        case .outputChunk: "output chunk"
        case .topologyRead: "topology read"
        case .topologyText: "topology text"
        case .request: "request"
        case .reply: "reply"
        case .goodbye: "goodbye"
        }
    }
}
