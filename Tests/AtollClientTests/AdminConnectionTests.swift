import AtollModel
import AtollWire
import AtollYAML
import Testing

@testable import AtollClient

struct AdminConnectionTests {
    private func text(_ object: YAMLNode) -> String { object.jsonText() }

    @Test func `the first message is our hello`() async throws {
        let coordinator = try await FakeCoordinator.accepting { _ in [.done] }
        let connection = try await AdminConnection.connect(to: coordinator.path)
        let hello = Hello(software: AtollVersion.current, role: .admin)
        #expect(await coordinator.received.first == .hello(hello))
        await connection.close()
        await coordinator.stop()
    }

    @Test func `a list comes in parts`() async throws {
        let hosts = try Samples.hosts()
        let coordinator = try await FakeCoordinator.accepting { request in
            guard request.call == .list(.init(kind: .hosts)) else { return nil }
            return [
                .objects(hosts[..<4].map { $0.jsonText() }, resourceVersion: 7, last: false),
                .objects(hosts[4...].map { $0.jsonText() }, resourceVersion: 7, last: true),
            ]
        }
        let connection = try await AdminConnection.connect(to: coordinator.path)
        let listed = try await connection.list(.init(kind: .hosts))
        #expect(listed.map(\.unmarked) == hosts.map(\.unmarked))
        #expect(try await connection.list(.init(kind: .hosts)).count == 6)
        await connection.close()
        await coordinator.stop()
    }

    @Test func `a watch goes on after the list and can be cancelled`() async throws {
        let (before, after) = (try Samples.jobSet(), try Samples.jobSet(restarts: 1))
        let coordinator = try await FakeCoordinator.accepting { request in
            guard case .list(let list) = request.call, list.watch else { return [] }
            return [
                .objects([before.jsonText()], resourceVersion: 1, last: true),
                .changed(.modified, object: after.jsonText(), resourceVersion: 2),
            ]
        }
        let connection = try await AdminConnection.connect(to: coordinator.path)
        let watch = await connection.watch(.init(kind: .jobsets))
        var seen: [Observation] = []
        for try await observation in watch {
            seen.append(observation)
            if seen.count == 2 { break }
        }
        guard case .listed(let objects, true) = seen[0], case .changed(.modified, let object) = seen[1] else {
            Issue.record("\(seen)")
            return
        }
        #expect(objects.map(\.unmarked) == [before.unmarked])
        #expect(object.unmarked == after.unmarked)
        await watch.cancel()
        for try await observation in watch { Issue.record("after the end: \(observation)") }
        await connection.close()
        await coordinator.stop()
    }

    @Test func `a watch ends when its time is over`() async throws {
        let coordinator = try await FakeCoordinator.accepting { _ in [.objects([], resourceVersion: 1, last: true)] }
        let connection = try await AdminConnection.connect(to: coordinator.path)
        let error = await #expect(throws: ClientError.self) {
            for try await _ in await connection.watch(.init(kind: .jobsets), timeout: .zero) {}
        }
        #expect(error?.code == .timedOut)
        await connection.close()
        await coordinator.stop()
    }

    @Test func `logs end with the last pod`() async throws {
        let coordinator = try await FakeCoordinator.accepting { _ in
            [.output(pod: "a", data: [1, 2]), .output(pod: "b", data: [3]), .done]
        }
        let connection = try await AdminConnection.connect(to: coordinator.path)
        var pieces: [LogPiece] = []
        let logs = AdminRequest.Logs(kind: .jobsets, name: ObjectName(name: "multislice"))
        for try await piece in await connection.logs(logs) { pieces.append(piece) }
        #expect(pieces == [LogPiece(pod: "a", data: [1, 2]), LogPiece(pod: "b", data: [3])])
        await connection.close()
        await coordinator.stop()
    }

    @Test func `output beyond what is held comes all the same, in order`() async throws {
        let count = 200
        let coordinator = try await FakeCoordinator.accepting { _ in
            (0..<count).map { .output(pod: "a", data: Array(repeating: UInt8($0), count: 64 << 10)) } + [.done]
        }
        let connection = try await AdminConnection.connect(to: coordinator.path)
        var next = 0
        for try await piece in await connection.logs(.init(kind: .pods, name: ObjectName(name: "a"))) {
            #expect(piece.data.count == 64 << 10 && piece.data.first == UInt8(next))
            next += 1
        }
        #expect(next == count)
        await connection.close()
        await coordinator.stop()
    }

    @Test func `apply and delete have one answer`() async throws {
        let result = ApplyResult(kind: "JobSet", name: ObjectName(name: "a"), action: .created, warnings: ["w"])
        let coordinator = try await FakeCoordinator.accepting { request in
            if case .apply = request.call { [.applied([result])] } else { [.done] }
        }
        let connection = try await AdminConnection.connect(to: coordinator.path)
        #expect(try await connection.apply(.init(manifest: "a: b", source: "-")) == [result])
        try await connection.delete(.init(kind: .jobsets, name: ObjectName(name: "a")))
        await connection.close()
        await coordinator.stop()
    }

    @Test func `a failure is thrown and leaves the connection usable`() async throws {
        let failure = AdminFailure(code: .notFound, message: "there is no jobset x")
        let coordinator = try await FakeCoordinator.accepting { request in
            if case .delete = request.call {
                [.failed(failure)]
            } else {
                [.objects([], resourceVersion: 1, last: true)]
            }
        }
        let connection = try await AdminConnection.connect(to: coordinator.path)
        let error = await #expect(throws: ClientError.self) {
            try await connection.delete(.init(kind: .jobsets, name: ObjectName(name: "x")))
        }
        #expect(error?.code == .failed(failure))
        #expect(error?.description == "there is no jobset x")
        #expect(try await connection.list(.init(kind: .jobsets)).isEmpty)
        await connection.close()
        await coordinator.stop()
    }

    @Test func `an answer of another kind is refused`() async throws {
        let coordinator = try await FakeCoordinator.accepting { request in
            if case .apply = request.call { [.done] } else { [.objects(["{", "}"], resourceVersion: 1, last: true)] }
        }
        let connection = try await AdminConnection.connect(to: coordinator.path)
        let first = await #expect(throws: ClientError.self) {
            _ = try await connection.apply(.init(manifest: "", source: "-"))
        }
        let second = await #expect(throws: ClientError.self) { _ = try await connection.list(.init(kind: .pods)) }
        #expect(first?.code == .protocolViolation && second?.code == .protocolViolation)
        await connection.close()
        await coordinator.stop()
    }
}
