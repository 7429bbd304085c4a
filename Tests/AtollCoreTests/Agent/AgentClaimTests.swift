import AtollModel
import Testing

@testable import AtollCore

/// What an agent does about claims that it is told to remove.
struct AgentClaimTests {
    private let claims = (0..<3).map { VolumeClaimID(name: ObjectName(name: "c\($0)"), uid: ObjectUID("u\($0)")) }

    private func assigned(_ generation: UInt64, base: UInt64? = nil, _ removals: [VolumeClaimID]) -> AgentInput {
        var assignment = AgentFixture.assignment(generation, base: base)
        assignment.removals = removals
        return .assigned(assignment)
    }

    @Test func `claims are removed one after the other, and each is told as it is gone`() {
        var agent = AgentFixture.welcomed()
        var effects = agent.feed(assigned(1, claims))
        #expect(effects.removal == claims[0])
        #expect(effects.statuses.map(\.removedClaims) == [[]])
        effects = agent.feed(.claimRemovalEnded(claims[0].uid, isGone: true))
        #expect(effects.removal == claims[1])
        #expect(effects.statuses.map(\.removedClaims) == [[claims[0].uid]])
        // One that nobody has asked for.
        effects = agent.feed(.claimRemovalEnded(claims[2].uid, isGone: true))
        #expect(effects.removal == nil)
        #expect(effects.statuses.isEmpty)
    }

    @Test func `what is gone is said with every answer, until it is not asked for any more`() {
        var agent = AgentFixture.welcomed()
        _ = agent.feed(assigned(1, [claims[0]]))
        _ = agent.feed(.claimRemovalEnded(claims[0].uid, isGone: true))
        var effects = agent.feed(assigned(2, base: 1, [claims[0], claims[1]]))
        #expect(effects.statuses.map(\.removedClaims) == [[claims[0].uid]])
        #expect(effects.removal == claims[1])
        // A difference that does not fit says nothing.
        effects = agent.feed(assigned(4, base: 3, [claims[0]]))
        #expect(effects.statuses.map(\.removedClaims) == [[]])
        effects = agent.feed(assigned(3, base: 2, []))
        #expect(effects.statuses.map(\.removedClaims) == [[]])
        // Asked for anew it is looked at anew, once the process that is under way is done.
        effects = agent.feed(assigned(4, base: 3, [claims[0]]))
        #expect(effects.removal == nil)
        effects = agent.feed(.claimRemovalEnded(claims[1].uid, isGone: true))
        #expect(effects.statuses.isEmpty)
        #expect(effects.removal == claims[0])
    }

    @Test func `one that could not be removed is tried again after a pause`() {
        var agent = AgentFixture.welcomed()
        _ = agent.feed(assigned(1, [claims[0]]))
        var effects = agent.feed(.claimRemovalEnded(claims[0].uid, isGone: false))
        #expect(effects.removal == nil && effects.statuses.isEmpty)
        agent.advance(ClaimRemovals.pause - .seconds(1))
        #expect(agent.feed(.timerFired).removal == nil)
        agent.advance(.seconds(1))
        effects = agent.feed(.timerFired)
        #expect(effects.removal == claims[0])
    }

    @Test func `it asks to be called when the pause is over`() {
        var agent = AgentFixture.welcomed()
        _ = agent.feed(assigned(1, [claims[0]]))
        agent.advance(.seconds(1))
        // Heartbeats come earlier; after each of them the nearer moment is asked for.
        _ = agent.feed(.claimRemovalEnded(claims[0].uid, isGone: false))
        var wakes: [Instant] = []
        for _ in 0..<10 {
            agent.advance(.seconds(2))
            wakes += [agent.feed(.heartbeat()), agent.feed(.timerFired)].compactMap(\.wake)
            if let wake = wakes.last, wake > agent.now { continue }
            Issue.record("no call is asked for at \(agent.now)")
            return
        }
        #expect(wakes.contains { $0.uptime == ClaimRemovals.pause.nanoseconds + 1_000_000_000 })
    }

    @Test func `the pause of one does not hold up another`() {
        var removals = ClaimRemovals()
        let now = Instant(uptime: 0, wall: Timestamp(nanoseconds: 0))
        removals.want(claims)
        #expect(removals.next(at: now) == claims[0])
        #expect(removals.next(at: now) == nil)
        #expect(removals.deadline == nil)
        let isNews = removals.ended(claims[0].uid, isGone: false, at: now)
        #expect(!isNews)
        #expect(removals.deadline == now.advanced(by: ClaimRemovals.pause))
        #expect(removals.next(at: now) == claims[1])
        let isNewsNow = removals.ended(claims[1].uid, isGone: true, at: now)
        #expect(isNewsNow)
        #expect(removals.reports == [claims[1].uid])
        removals.want([])
        #expect(removals.deadline == nil && removals.reports.isEmpty)
        #expect(removals.next(at: now.advanced(by: .seconds(60))) == nil)
    }

    @Test func `mounts lead to the volumes of the pod, outer ones first`() {
        var launch = AgentFixture.launch(1)
        let claim = VolumeClaimID(name: ObjectName(namespace: "team", name: "data-js"), uid: ObjectUID("u"))
        launch.volumes = [
            PodVolume(name: "own", source: .emptyDirectory(inMemory: false, sizeMax: nil)),
            PodVolume(name: "host", source: .hostPath("/srv", .any)), PodVolume(name: "data", source: .claim(claim)),
        ]
        launch.containers[0].mounts = [
            VolumeMount(volume: "own", path: "/data/own"), VolumeMount(volume: "data", path: "/data", subPath: "a"),
            VolumeMount(volume: "host", path: "/srv", isReadOnly: true), VolumeMount(volume: "nothing", path: "/x"),
        ]
        let plan = PodPlan(
            launch: launch,
            pod: PodAssignment(id: AgentFixture.pod(1), goal: .run),
            peers: nil,
            host: HostID("h"),
            hostAddress: "10.0.0.1"
        )
        func mounts(_ claims: String?) -> [PodEnvironment.Mount] {
            PodEnvironment(plan, folder: "/pod", claims: claims).processes[0].mounts
        }
        #expect(mounts("/claims").map(\.path) == ["/data", "/srv", "/data/own"])
        #expect(mounts("/claims").map(\.source) == ["/claims/team/data-js", "/srv", "/pod/volumes/own"])
        #expect(mounts("/claims").map(\.subPath) == ["a", "", ""])
        #expect(mounts("/claims").map(\.isReadOnly) == [false, true, false])
        #expect(mounts(nil).map(\.volume) == ["host", "own"])
    }
}
