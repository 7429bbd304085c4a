import AtollModel
import AtollWire
import Testing

@testable import AtollClient

struct BrokenConnectionTests {
    private func failure(_ server: String, timeout: Duration = .seconds(60)) async -> ClientError? {
        await #expect(throws: ClientError.self) { _ = try await AdminConnection.connect(to: server, timeout: timeout) }
    }

    @Test func `nobody listening is said with the remedy`() async {
        let error = await failure("/tmp/atoll-nobody-here.sock")
        #expect(error?.code == .unreachable)
        #expect(
            error?.description == "cannot reach the coordinator at /tmp/atoll-nobody-here.sock: no such file or "
                + "directory; is atoll-coordinator running? systemctl status atoll-coordinator"
        )
    }

    @Test(arguments: ["here", "127.0.0.1:port", "unix:"])
    func `a place that is none is refused`(server: String) async {
        #expect(await failure(server)?.code == .invalidServer)
    }

    @Test func `the option goes before the environment and the packaged place`() {
        #expect(Server.chosen("/a", environment: "/b") == "/a")
        #expect(Server.chosen(nil, environment: "/b") == "/b")
        #expect(Server.chosen(nil, environment: "") == "/run/atoll/coordinator.sock")
    }

    @Test func `a refused hello says why`() async throws {
        let coordinator = try await FakeCoordinator.start { _ in
            [.helloReply(.refused(Refusal(code: .overloaded, message: "too many connections")))]
        }
        let error = await failure(coordinator.path)
        #expect(error?.code == .refused)
        #expect(error?.description == "the coordinator refused the connection: too many connections")
        await coordinator.stop()
    }

    @Test func `versions that do not match are named`() async throws {
        var welcome = FakeCoordinator.welcome
        welcome.version = 99
        let coordinator = try await FakeCoordinator.start { [welcome] _ in [.helloReply(.accepted(welcome))] }
        let error = await failure(coordinator.path)
        #expect(error?.code == .versionMismatch)
        #expect(
            error?.description == "the coordinator (Atoll 0.9.0) chose protocol version 99, this atollctl "
                + "(Atoll \(AtollVersion.current)) speaks 1; install the atollctl of the coordinator's release"
        )
        await coordinator.stop()
    }

    @Test func `a coordinator that hangs up during the hello is unreachable`() async throws {
        let coordinator = try await FakeCoordinator.start { _ in nil }
        #expect(await failure(coordinator.path)?.code == .unreachable)
        await coordinator.stop()
    }

    @Test func `a coordinator that never answers the hello is given up`() async throws {
        let coordinator = try await FakeCoordinator.start { _ in [] }
        #expect(await failure(coordinator.path, timeout: .milliseconds(1))?.code == .unreachable)
        await coordinator.stop()
    }

    @Test func `what is not for a client ends the connection`() async throws {
        let coordinator = try await FakeCoordinator.start { _ in [.goodbye(reason: "x")] }
        #expect(await failure(coordinator.path)?.code == .protocolViolation)
        await coordinator.stop()
    }

    @Test func `a connection that breaks fails what is under way and what comes after`() async throws {
        let coordinator = try await FakeCoordinator.accepting { _ in nil }
        let connection = try await AdminConnection.connect(to: coordinator.path)
        for _ in 0..<2 {
            let error = await #expect(throws: ClientError.self) { _ = try await connection.list(.init(kind: .pods)) }
            #expect(error?.code == .disconnected)
            #expect(error?.description.contains("it was closed by the coordinator") == true)
        }
        await coordinator.stop()
    }

    @Test func `what came before a connection broke is still delivered`() async throws {
        let coordinator = try await FakeCoordinator.start { message in
            switch message {
            case .hello: [.helloReply(.accepted(FakeCoordinator.welcome))]
            case .request(let request):
                [.reply(AdminReply(request: request.id, body: .output(pod: "a", data: [1]))), .goodbye(reason: "x")]
            default: nil
            }
        }
        let connection = try await AdminConnection.connect(to: coordinator.path)
        var logs = await connection.logs(.init(kind: .pods, name: ObjectName(name: "a"))).makeAsyncIterator()
        #expect(try await logs.next() == LogPiece(pod: "a", data: [1]))
        let error = await #expect(throws: ClientError.self) { _ = try await logs.next() }
        #expect(error?.code == .protocolViolation)
        await coordinator.stop()
    }
}
