import AtollModel
import Testing

@Suite struct PeerListTests {
    private let table = PeerTable(
        jobSetUID: ObjectUID("uid"),
        subdomain: "js",
        jobs: [
            PeerTable.Job(name: "js-w-0", addresses: ["10.0.0.1"]), PeerTable.Job(name: "js-w-1", addresses: []),
            PeerTable.Job(name: "js-w-2", addresses: ["10.0.0.3", ""]),
        ]
    )

    @Test func `a list says what its table says`() { #expect(PeerList(table).table == table) }

    @Test func `a job that is given whole takes its place`() {
        var list = PeerList(table)
        list.wholeJobs = [PeerTable.Job(name: "js-w-0", addresses: ["10.0.0.1", "10.0.0.2"])]
        #expect(list.table.jobs.map(\.addresses.count) == [2, 0, 2])
        #expect(list.table.jobs[2] == table.jobs[2])
    }

    @Test func `more pods than there are addresses have none`() {
        var list = PeerList(table)
        list.podCounts = [.max, .max, .max]
        #expect(list.table.jobs.map(\.addresses) == [["10.0.0.1", "10.0.0.3", ""], [], []])
    }
}
