import AtollCore
import AtollModel
import Testing

@testable import AtollCoordinator

@Suite struct CommitPipelineTests {
    private let change = StoreChange.delete(.cluster)
    private let other = StoreChange.delete(.host(HostID("h1")))

    private func effects(_ changes: [StoreChange] = [], closing sessions: [UInt64] = []) -> Effects {
        var effects = Effects()
        effects.persist = changes
        effects.send = sessions.map { .close(SessionID($0), reason: "") }
        return effects
    }

    private func closed(_ sessions: UInt64...) -> [CommitPipeline.Release] {
        sessions.map { .send(.close(SessionID($0), reason: "")) }
    }

    @Test func `what rests on nothing unsaved leaves at once`() {
        var pipeline = CommitPipeline()
        #expect(pipeline.add(effects(closing: [1])) == .init(release: closed(1)))
    }

    @Test func `what depends on a change waits until the change is durable`() {
        var pipeline = CommitPipeline()
        #expect(pipeline.add(effects([change], closing: [1])) == .init(commit: [change]))
        #expect(pipeline.committed() == .init(release: closed(1)))
    }

    @Test func `everything that comes during a commit rides in one next commit`() {
        var pipeline = CommitPipeline()
        _ = pipeline.add(effects([change], closing: [1]))
        #expect(pipeline.add(effects([other], closing: [2])) == .init())
        #expect(pipeline.add(effects([change], closing: [3])) == .init())
        #expect(pipeline.backlog == 2)
        #expect(pipeline.committed() == .init(release: closed(1), commit: [other, change]))
        #expect(pipeline.committed() == .init(release: closed(2, 3)))
    }

    @Test func `what has nothing to save still waits behind the commit in flight and its own predecessors`() {
        var pipeline = CommitPipeline()
        _ = pipeline.add(effects([change], closing: [1]))
        #expect(pipeline.add(effects(closing: [2])) == .init())
        #expect(pipeline.committed() == .init(release: closed(1, 2)))
    }

    @Test func `sends come before notes of the same turn`() {
        var pipeline = CommitPipeline()
        var both = effects(closing: [1])
        both.notes = [.hostDisconnected(HostID("h1"), reason: "gone")]
        let expected = closed(1) + [.note(.hostDisconnected(HostID("h1"), reason: "gone"))]
        #expect(pipeline.add(both) == .init(release: expected))
    }
}
