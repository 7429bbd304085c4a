import Foundation

extension Benchmark {
    /// The C program in `Benchmarks/floor`, which `scripts/bench` builds and names in `ATOLL_FLOOR`; else left out.
    static var floor: [Benchmark] {
        guard let path = ProcessInfo.processInfo.environment["ATOLL_FLOOR"] else { return [] }
        return [
            Benchmark(
                name: "floor-frames",
                what:
                    "bare libevent in C takes 36-byte frames from 1,000 connections, each sent by itself: frames in a "
                    + "second of its CPU time",
                unit: .perSecond,
                run: { try take(try Floor(path, framesPerWrite: 1), &$1) }
            ),
            Benchmark(
                name: "floor-frames-64",
                what: "the same, 64 frames to a write",
                unit: .perSecond,
                run: { try take(try Floor(path, framesPerWrite: 64), &$1) }
            ),
            Benchmark(
                name: floorInMemory,
                what: "the same frames, 64 at a time, put into 1,000 buffers and taken out: one thread and no socket",
                unit: .perSecond,
                run: { try take(try Floor(path, framesPerWrite: 64, isInMemory: true), &$1) }
            ),
            Benchmark(
                name: "floor-idle-bytes",
                what: "the same program: resident memory for an idle connection",
                unit: .bytes,
                run: { $1.counted = try Floor(path, framesPerWrite: 1).idleBytesPerConnection }
            ),
        ]
    }

    /// The one that says how fast the machine is.
    static let floorInMemory = "floor-memory"

    private static func take(_ floor: Floor, _ stopwatch: inout Stopwatch) throws {
        stopwatch.add(seconds: floor.cpuSeconds, cpuSeconds: floor.cpuSeconds)
        stopwatch.operations = floor.frames
    }
}

/// What the program prints.
private struct Floor: Decodable {
    let frames: Int
    /// The server's, while it took the frames.
    let cpuSeconds: Double
    let idleBytesPerConnection: Int

    init(_ path: String, framesPerWrite: Int, isInMemory: Bool = false) throws {
        let process = Process()
        process.executableURL = URL(filePath: path)
        process.arguments =
            ["--frames-per-write", "\(framesPerWrite)"]
            // Without a driver it is quick to tell.
            + (isInMemory ? ["--seconds", "0.3", "--in-memory", "1"] : ["--seconds", "1"])
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw BenchError("\(path) failed") }
        self = try JSONDecoder().decode(Floor.self, from: output)
    }
}
