import AtollModel
import AtollWire
import Glibc
import Testing

@testable import AtollAgent

/// Removals by the whole agent: told by a coordinator, done by a process, confirmed.
@Suite struct ClaimRemovalTests {
    private let coordinator: FakeCoordinator
    private let agent: AgentProcess
    private let root: String
    private let claim = VolumeClaimID(name: ObjectName(namespace: "team", name: "data-js"), uid: ObjectUID("u1"))

    init() throws {
        coordinator = try FakeCoordinator()
        agent = try AgentProcess(coordinator: coordinator)
        root = agent.base + "/claims"
        try Files.makeFolder(root)
    }

    private func assignment(_ claims: [VolumeClaimID]) -> Message {
        .assignment(Assignment(epoch: Epoch(1), generation: Generation(1), base: nil, removals: claims))
    }

    private func untilConfirmed(_ uid: ObjectUID) throws {
        while true {
            if case .status(let batch) = try coordinator.next(), batch.removedClaims.contains(uid) { return }
        }
    }

    @Test func `a folder is deleted and the coordinator told`() throws {
        try ClaimFolder(claim, in: root).prepare()
        agent.start(["--volume-claims", root])
        _ = try coordinator.welcome()
        coordinator.send(assignment([claim]))
        try untilConfirmed(claim.uid)
        #expect(try Files.names(in: root + "/team") == [])
    }

    @Test func `an agent without a folder for claims has none of any`() throws {
        agent.start()
        _ = try coordinator.welcome()
        coordinator.send(assignment([claim]))
        try untilConfirmed(claim.uid)
    }
}
