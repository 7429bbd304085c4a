import AtollCore
import AtollModel
import AtollWire

extension Benchmark {
    /// Each message of the agents' wire both ways, and how long its frame is.
    static var wire: [Benchmark] {
        let list = PeerList(Samples.peers(jobs: 250, podsPerJob: 15))
        let fleetless = Samples.peers(jobs: 1, podsPerJob: 16)
        let messages: [(name: String, what: String, message: @Sendable () throws -> Message, operations: Int)] = [
            ("heartbeat", "a heartbeat", { .heartbeat() }, 200_000),
            ("status-1", "a status batch of 1 pod", { .status(Samples.status(pods: 1)) }, 20_000),
            ("status-100", "a status batch of 100 pods", { .status(Samples.status(pods: 100)) }, 500),
            ("facts-8", "a topology report of 8 devices", { .hostFacts(try Fleet.facts()) }, 10_000),
            (
                "assignment-8", "an assignment of 8 pods with 16 peers",
                { .assignment(Samples.assignment(pods: 8, peers: fleetless)) }, 10_000
            ),
            (
                "assignment-3750-listed", "an assignment of 1 pod with a list of 3,750 peers, as each host of F2 gets",
                { .assignment(Samples.assignment(pods: 1, peerList: list)) }, 2_000
            ),
            (
                "assignment-3750-peers", "the same with a table, as an agent of the release before gets",
                { .assignment(Samples.assignment(pods: 1, peers: Samples.peers(jobs: 250, podsPerJob: 15))) }, 20
            ),
        ]
        return messages.flatMap { entry in
            [
                Benchmark(
                    name: "wire-\(entry.name)-encode",
                    what: "\(entry.what) to its frame",
                    unit: .nanoseconds,
                    run: { try encode(try entry.message(), times: entry.operations, &$1) }
                ),
                Benchmark(
                    name: "wire-\(entry.name)-decode",
                    what: "\(entry.what) from a stream of frames",
                    unit: .nanoseconds,
                    run: { try decode(try entry.message(), times: entry.operations, &$1) }
                ),
                Benchmark(
                    name: "wire-\(entry.name)-bytes",
                    what: "\(entry.what): its frame",
                    unit: .bytes,
                    run: { $1.counted = try entry.message().encodedFrame().count }
                ),
            ]
        }
    }

    private static func encode(_ message: Message, times: Int, _ stopwatch: inout Stopwatch) throws {
        guard times > 10_000 else {
            return stopwatch.timeEach(0..<times, { _ in message.encodedFrame() }, counting: \.count)
        }
        // They take less than a microsecond, too little to be timed one by one.
        stopwatch.operations = times
        stopwatch.counted = stopwatch.time {
            (0..<times).reduce(0) { sum, _ in sum + message.encodedFrame().count }
        }
    }

    /// Reads of up to 64 KiB, as they come from a socket.
    private static func decode(_ message: Message, times: Int, _ stopwatch: inout Stopwatch) throws {
        let frame = message.encodedFrame()
        let perRead = max(1, min(times, (64 << 10) / frame.count))
        let read = Array(repeatElement(frame, count: perRead).joined())
        var decoder = FrameDecoder(frameBytesMax: WireLimits.frameBytesMax)
        stopwatch.operations = times / perRead * perRead
        stopwatch.counted = try stopwatch.time {
            var decoded = 0
            for _ in 0..<(times / perRead) {
                decoder.append(read[...])
                while try decoder.next() != nil { decoded += 1 }
            }
            return decoded
        }
        guard stopwatch.counted == stopwatch.operations else { throw BenchError("frames were lost") }
    }
}

extension Fleet {
    fileprivate static func facts() throws -> HostFacts {
        try Fleet(restoring: StoredState(), hosts: 1, hostsPerIsland: 16).facts(of: 0)
    }
}
