import AtollLoop
import AtollModel
import AtollWire
import Glibc

/// A coordinator that answers the hello and then what the test says, over a Unix socket of its own.
actor FakeCoordinator {
    /// What is sent back for a message; nil hangs up.
    typealias Script = @Sendable (Message) -> [Message]?

    nonisolated let loop: EventLoop
    nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }
    nonisolated let path: String
    private let script: Script
    private var listener: Listener?
    private var streams: [Int: Stream] = [:]
    private var decoders: [Int: FrameDecoder] = [:]
    private(set) var received: [Message] = []

    private init(on loop: EventLoop, path: String, script: @escaping Script) {
        self.loop = loop
        self.path = path
        self.script = script
    }

    static func start(_ name: String = #function, script: @escaping Script) async throws -> FakeCoordinator {
        let loop = try EventLoop()
        try loop.runOnNewThread()
        let path = "/tmp/atoll-client-\(getpid())-\(UInt32(truncatingIfNeeded: name.hashValue)).sock"
        let coordinator = FakeCoordinator(on: loop, path: path, script: script)
        try await coordinator.listen()
        return coordinator
    }

    /// One that accepts every hello.
    static func accepting(
        _ name: String = #function,
        answer: @Sendable @escaping (AdminRequest) -> [AdminReply.Body]?
    ) async throws -> FakeCoordinator {
        try await start(name) { message in
            switch message {
            case .hello: [.helloReply(.accepted(welcome))]
            case .request(let request): answer(request)?.map { .reply(AdminReply(request: request.id, body: $0)) }
            default: nil
            }
        }
    }

    static let welcome = Welcome(
        version: VersionRange.current.newest,
        software: "0.9.0",
        epoch: Epoch(1),
        heartbeatInterval: .seconds(1),
        lease: .seconds(10)
    )

    func stop() {
        listener?.close()
        for stream in streams.values { stream.close(flushing: false) }
        streams = [:]
        loop.stop()
    }

    private func listen() throws {
        listener = try Listener(
            on: loop,
            address: .unix(path: path),
            handlers: .init(onConnection: { self.serve($0) })
        )
    }

    private func serve(_ stream: Stream) {
        let id = decoders.count
        streams[id] = stream
        decoders[id] = FrameDecoder()
        stream.start(.init(onBytes: { self.read($0, from: id) }, onClosed: { _ in self.streams[id] = nil }))
    }

    private func read(_ bytes: UnsafeRawBufferPointer, from id: Int) {
        decoders[id]?.append(bytes)
        while let message = try? decoders[id]?.next() {
            received.append(message)
            guard let answers = script(message) else {
                streams[id]?.close(flushing: true)
                return
            }
            for answer in answers { streams[id]?.write(answer.encodedFrame()) }
        }
    }
}
