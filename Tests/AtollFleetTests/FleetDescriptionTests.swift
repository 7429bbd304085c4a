import AtollModel
import AtollTopology
import Testing

@testable import AtollFleet

@Suite struct FleetDescriptionTests {
    private func parse(_ text: String) throws(TopologyError) -> FleetDescription {
        try FleetDescription.parse(text, file: "fleet.yaml", folder: "")
    }

    @Test func `an empty file describes sixteen hosts of one island`() throws {
        let description = try parse("")
        #expect(description == FleetDescription())
        #expect(description.facts(of: 15, boot: 0).labels["atoll.dev/island"] == "island-0")
    }

    @Test func `hosts differ in what identifies them, and in the domains of their levels`() throws {
        let description = try parse(
            """
            hosts: 100
            namePrefix: tpu-
            levels:
            - {key: topology.kubernetes.io/zone, hosts: 50}
            - {key: cloud.google.com/gke-nodepool, hosts: 4, prefix: slice-}
            devices: {count: 4, vendor: google, model: TPU v5e}
            """
        )
        #expect(description.hostCount == 100)
        let (one, other) = (description.facts(of: 49, boot: 0), description.facts(of: 50, boot: 0))
        #expect(one.host == HostID("tpu-49"))
        #expect(one.address == "10.0.0.49")
        #expect(one.labels["topology.kubernetes.io/zone"] == "zone-0")
        #expect(other.labels["topology.kubernetes.io/zone"] == "zone-1")
        #expect(one.labels["cloud.google.com/gke-nodepool"] == "slice-12")
        #expect(one.labels["kubernetes.io/hostname"] == "tpu-49")
        #expect(one.devices.map(\.vendor) == Array(repeating: .google, count: 4))
        #expect(Set((one.devices + other.devices).map(\.uniqueID)).count == 8)
        #expect(one.bootID != other.bootID)
        #expect(one.bootID != description.facts(of: 49, boot: 1).bootID)
    }

    @Test func `pods have habits`() throws {
        let pods = try parse(
            "pods: {startDelay: 50ms..100ms, runTime: 1m, stopTime: 2s, failurePercent: 10, failureCode: 7}"
        ).pods
        var expected = PodHabits()
        expected.startDelay = try #require(TimeRange("50ms..100ms"))
        expected.runTime = TimeRange("60s")
        expected.stopTime = try #require(TimeRange("2s"))
        expected.failurePercent = 10
        expected.failureCode = 7
        #expect(pods == expected)
    }

    @Test(arguments: [
        ("hosts: 0", "`hosts` must be a number from 1 to 16777216"),
        ("host: 3", "unknown key `host` in the description: did you mean `hosts`?"),
        ("levels: [{hosts: 4}]", "a level needs `key`"),
        ("levels: [{key: a, hosts: none}]", "`hosts` must be a number from 1 to 16777216"),
        ("devices: {vendor: acme}", "vendor `acme` is unknown; known: nvidia, amd, google, habana, intel, aws, other"),
        ("devices: {count: 8}\ncapture: here", "`devices` and `capture` say the same twice: give one"),
        ("capture: /nowhere", "there is no host in it"),
        ("pods: {runTime: soon}", "`runTime` must be a \(TimeRange.form)"),
        ("namePrefix: Host_", "`namePrefix` must be the beginning of a DNS name"),
        ("hosts: 1\n---\nhosts: 2", "holds more than one document"),
        ("hosts: [", "did not find expected node content"),
    ])
    func `what is no description is refused`(text: String, message: String) throws {
        let error = #expect(throws: TopologyError.self) { try parse(text) }
        #expect(error?.message.contains(message) == true, "\(error?.message ?? "")")
    }

    @Test(arguments: ["", "5", "ms", "-1s", "5 s", "2s..1s", "1s..", "1s..2s..3s", "99999999h", "٣s"])
    func `what is no time is none`(text: String) { #expect(TimeRange(text) == nil) }

    @Test func `the fate of a pod follows from the seed, the pod and the life`() throws {
        var habits = PodHabits()
        habits.runTime = TimeRange("0ms..1h")
        let pod = PodID(job: JobID(rawValue: 7), index: 3, replacement: 0)
        let life = habits.life(0, of: pod, seed: 1)
        #expect(habits.life(0, of: pod, seed: 1) == life)
        #expect(habits.life(1, of: pod, seed: 1) != life)
        #expect(habits.life(0, of: pod, seed: 2) != life)
        #expect(habits.life(0, of: PodID(job: JobID(rawValue: 7), index: 4, replacement: 0), seed: 1) != life)
    }

    @Test(arguments: [0, 30, 100])
    func `so many of a hundred containers fail`(percent: Int) {
        var habits = PodHabits()
        habits.failurePercent = percent
        let failures = (0..<10_000).count { index in
            habits.life(0, of: PodID(job: JobID(rawValue: 1), index: UInt32(index), replacement: 0), seed: 1).exitCode
                != 0
        }
        #expect(abs(failures - percent * 100) < 200)
    }
}
