import AtollModel
import Testing

@testable import AtollCore

@Suite struct PodRunsTests {
    private static let exit = PodExit(cause: .exited(code: 1), at: Timestamp(nanoseconds: 1))
    private static let phases: [PodRun.Phase] = [
        .idle, .assigned, .running(RunningPod(since: exit.at)), .running(RunningPod(since: exit.at, isReady: false)),
        .stopping, .unreachable(exit), .ended(exit), .ended(PodExit(cause: .exited(code: 0), at: exit.at)),
    ]

    private func counted(_ pods: PodRuns) -> [Int] {
        let phases = pods.map(\.phase)
        let running = phases.compactMap { if case .running(let running) = $0 { running } else { nil } }
        return [
            phases.count { $0 == .assigned } + running.count, running.count { $0.isReady },
            phases.count { $0 == .stopping }, phases.count { $0 == .unreachable(Self.exit) },
            pods.count { $0.succeeded }, phases.count { $0 == .ended(Self.exit) },
        ]
    }

    @Test func `after any change the counts are those that counting gives`() {
        var generator = SplitMix64(seed: 7)
        var pods = PodRuns(count: 3)
        for _ in 0..<500 {
            switch generator.next() % 8 {
            case 0: pods.grow(to: pods.count + 2)
            case 1 where pods.count > 1: pods.removeLast()
            default:
                let index = Int(generator.next() % UInt64(pods.count))
                pods[index].phase = Self.phases[Int(generator.next() % UInt64(Self.phases.count))]
            }
            let counts = pods.counts
            let known = [
                counts.active, counts.ready, counts.stopping, counts.unreachable, counts.succeeded, counts.failed,
            ]
            #expect(known == counted(pods))
            #expect(pods.areGone == !pods.contains { $0.mayRun })
            #expect(pods.includeUnstarted == pods.contains { !$0.mayRun && !$0.succeeded })
        }
    }
}
