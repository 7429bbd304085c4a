import AtollCore
import AtollModel
import Testing

@Suite struct ClusterRecordTests {
    private let record = ClusterRecord(epoch: Epoch(7), jobIDPrefix: 5, nextJobNumber: 10_001, revision: 100)
    private let now = Timestamp(nanoseconds: 1_795_000_000_000_000_000)

    @Test func `all numbers move on beyond what the original can have used`() {
        let moved = record.movedOn(at: now, randomBits: 0xAB_1234_5678)
        #expect(
            moved
                == ClusterRecord(
                    epoch: Epoch(1_795_000_000_000),
                    jobIDPrefix: 0x34_5678,
                    nextJobNumber: 1_010_001,
                    revision: 1_795_000_000_000,
                    restoredAt: Epoch(1_795_000_000_000)
                )
        )
    }

    @Test func `without a clock they move on by a step`() {
        let moved = record.movedOn(at: Timestamp(nanoseconds: .min), randomBits: 0)
        #expect(moved?.epoch == Epoch(1_000_007) && moved?.revision == 1_000_000_100)
    }

    @Test func `the prefix of job ids is another one, whatever is drawn`() {
        #expect(record.movedOn(at: now, randomBits: 5)?.jobIDPrefix == 4)
    }

    @Test func `a number at the end of its range is not moved on`() {
        for (epoch, number, revision) in [(UInt64.max, 1, 1), (1, UInt64.max, 1), (1, 1, UInt64.max), (1, 1 << 39, 1)] {
            let record = ClusterRecord(
                epoch: Epoch(epoch),
                jobIDPrefix: 1,
                nextJobNumber: number,
                revision: revision
            )
            #expect(record.movedOn(at: now, randomBits: 2) == nil)
        }
    }
}
