import AtollModel
import AtollWire
import Glibc
import Testing

@testable import AtollAgent

/// A coordinator in the hands of a test: one listener, one connection at a time, all calls block. Nothing is waited
/// for longer than `patience`, so a broken agent fails a test instead of hanging it.
final class FakeCoordinator {
    struct Silence: Error {}

    let port: UInt16
    private let listener: CInt
    private var connection: CInt = -1
    private var decoder = FrameDecoder(frameBytesMax: WireLimits.frameBytesMax)
    private static let patience = timeval(tv_sec: 30, tv_usec: 0)

    init() throws {
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let listener = listener
        let failed = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { raw in
                bind(listener, raw, length) != 0 || listen(listener, 8) != 0 || getsockname(listener, raw, &length) != 0
            }
        }
        try #require(!failed)
        port = UInt16(bigEndian: address.sin_port)
        Self.limitPatience(listener)
    }

    deinit {
        hangUp()
        close(listener)
    }

    private static func limitPatience(_ socket: CInt) {
        var patience = patience
        setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    }

    /// Takes the next connection and its hello.
    func accept() throws -> AgentHello {
        hangUp()
        connection = Glibc.accept(listener, nil, nil)
        guard connection >= 0 else { throw Silence() }
        Self.limitPatience(connection)
        decoder = FrameDecoder(frameBytesMax: WireLimits.frameBytesMax)
        guard case .hello(let hello) = try next(), case .agent(let agent) = hello.role else { throw Silence() }
        return agent
    }

    /// Takes the next connection and welcomes it; returns its complete status.
    func welcome(epoch: UInt64 = 1) throws -> StatusBatch { try welcomeAndHear(epoch: epoch).status }

    /// The same, with the facts before it.
    func welcomeAndHear(epoch: UInt64 = 1, renewsPodLeases: Bool = false) throws
        -> (facts: HostFacts, status: StatusBatch)
    {
        _ = try accept()
        let welcome = Welcome(
            version: 1,
            software: "fake",
            epoch: Epoch(epoch),
            heartbeatInterval: .seconds(1),
            lease: .seconds(10),
            renewsPodLeases: renewsPodLeases
        )
        send(.helloReply(.accepted(welcome)))
        guard case .hostFacts(let facts) = try next(), case .status(let status) = try next() else { throw Silence() }
        #expect(status.complete)
        return (facts, status)
    }

    func hangUp() {
        if connection >= 0 { close(connection) }
        connection = -1
    }

    func send(_ message: Message) {
        let frame = message.encodedFrame()
        #expect(Glibc.send(connection, frame, frame.count, Int32(MSG_NOSIGNAL)) == frame.count)
    }

    /// The next message that is no heartbeat.
    func next() throws -> Message {
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            if let message = try decoder.next() {
                if case .heartbeat = message { continue }
                return message
            }
            let count = recv(connection, &buffer, buffer.count, 0)
            guard count > 0 else { throw Silence() }
            decoder.append(buffer[..<count])
        }
    }

    /// The observations of a pod until it has ended, in order.
    func untilEnd(of pod: PodID) throws -> [PodObservation] {
        var seen: [PodObservation] = []
        while true {
            guard case .status(let batch) = try next() else { continue }
            seen += batch.pods.filter { $0.pod == pod }.map(\.observation)
            if seen.last?.hasEnded == true { return seen }
        }
    }

    /// Waits until the pod is seen running or beyond.
    func untilRunning(_ pod: PodID) throws {
        while true {
            guard case .status(let batch) = try next() else { continue }
            if batch.pods.contains(where: { $0.pod == pod && $0.observation != .starting }) { return }
        }
    }

    /// Waits until the pod has come to an attempt, whatever it is told meanwhile.
    func until(_ pod: PodID, isAt attempt: UInt32) throws {
        while true {
            guard case .status(let batch) = try next() else { continue }
            for case .running(let running) in batch.pods.filter({ $0.pod == pod }).map(\.observation)
            where running.attempt == attempt { return }
        }
    }

    func look(as format: TopologyRead.Format) throws -> TopologyText.Outcome {
        send(.topologyRead(TopologyRead(read: 9, format: format)))
        while true {
            if case .topologyText(let text) = try next(), text.read == 9 { return text.outcome }
        }
    }

    func read(_ pod: PodID, from start: OutputStart, follow: Bool) throws -> OutputChunk {
        send(.outputRead(OutputRead(read: 7, pod: pod, start: start, bytesMax: 4096, follow: follow)))
        while true {
            if case .outputChunk(let chunk) = try next() { return chunk }
        }
    }
}

extension FakeCoordinator {
    static let pod = PodID(job: JobID(rawValue: 0xb2), index: 0, replacement: 0)

    /// A whole set of one pod that runs `script`, or is to stop.
    static func assignment(
        _ generation: UInt64,
        goal: PodAssignment.Goal = .run,
        script: String = "true",
        attempts: InPlaceAttempts? = nil
    ) -> Assignment {
        let launch = JobLaunch(
            job: pod.job,
            jobSet: ObjectName(name: "js"),
            jobSetUID: ObjectUID("uid"),
            jobName: "js-w-0",
            replicatedJob: "w",
            jobIndex: 0,
            replicas: 1,
            podCount: 1,
            worldSize: 1,
            firstRank: 0,
            masterName: "js-w-0-0.js",
            subdomain: "js",
            containers: [
                ContainerSpec(
                    name: "main",
                    command: ["sh", "-c", script.replacing("$", with: "$$")],
                    restartRules: [RestartRule(action: .restart, operator: .in, exitCodes: [42])]
                )
            ]
        )
        return Assignment(
            epoch: Epoch(1),
            generation: Generation(generation),
            base: nil,
            launches: [launch],
            pods: [PodAssignment(id: pod, goal: goal, attempts: attempts)]
        )
    }
}

extension PodObservation {
    var isRunning: Bool { if case .running = self { true } else { false } }
}
