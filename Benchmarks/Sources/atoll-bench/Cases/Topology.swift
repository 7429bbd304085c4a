import AtollTopology
import Foundation

extension Benchmark {
    /// A host's files become a value, and `lstopo` reads the same tree where it is installed.
    static var topology: [Benchmark] {
        reading("topology-h100", .h100, "a DGX H100's files", reach: 10)
            + reading("topology-cpx", .mi300xCPX, "the files of eight MI300X in 64 partitions", reach: 50)
            + [
                Benchmark(
                    name: "topology-h100-bytes",
                    what: "the peak of resident memory that the first of these readings in a process adds",
                    unit: .bytes,
                    reach: 4_000_000,
                    run: { $1.counted = try Self.firstReadingBytes.get() }
                )
            ]
            + peers
    }

    private static func reading(_ name: String, _ host: ExampleHost, _ files: String, reach: Double) -> [Benchmark] {
        [
            Benchmark(
                name: name,
                what: "\(files) read into a HostTopology",
                unit: .milliseconds,
                reach: reach,
                run: { _, stopwatch in
                    let root = try host.root.get()
                    stopwatch.operations = 5
                    stopwatch.counted = stopwatch.time {
                        (0..<5).reduce(0) { sum, _ in sum + HostTopology.read(root: root).accelerators.count }
                    }
                }
            ),
            Benchmark(
                name: "\(name)-again",
                what: "the same by a TopologyReader that has read them before",
                unit: .milliseconds,
                run: { _, stopwatch in
                    var reader = TopologyReader(root: try host.root.get())
                    _ = reader.read()
                    stopwatch.timeEach(0..<20, { _ in reader.read() }, counting: \.accelerators.count)
                }
            ),
        ]
    }

    /// Once in a process: what the first reading has taken from the system the next ones have already.
    private static let firstReadingBytes = Result {
        let root = try ExampleHost.h100.root.get()
        let before = ResidentMemory.peakKiB
        guard HostTopology.read(root: root).accelerators.count == 8 else { throw BenchError("\(root) is not whole") }
        return (ResidentMemory.peakKiB - before) * 1024
    }

    private static var peers: [Benchmark] {
        guard let lstopo = LSTopo.installed else { return [] }
        return [("topology-h100-lstopo", ExampleHost.h100), ("topology-cpx-lstopo", .mi300xCPX)].map { name, host in
            Benchmark(
                name: name,
                what: "`lstopo --of console` on the same tree, of which it reads less: its CPU time",
                unit: .milliseconds,
                run: { _, stopwatch in
                    let seconds = try lstopo.cpuSeconds(root: try host.root.get())
                    stopwatch.add(seconds: seconds, cpuSeconds: seconds)
                }
            )
        }
    }
}

/// hwloc's command, which prints a host as a tree.
private struct LSTopo {
    let path: String

    /// Nil where it is not installed.
    static var installed: LSTopo? {
        let path = "/usr/bin/lstopo"
        return access(path, X_OK) == 0 ? LSTopo(path: path) : nil
    }

    /// User and system time of one run on a tree.
    func cpuSeconds(root: String) throws -> Double {
        let before = Self.childrenSeconds
        let process = Process()
        process.executableURL = URL(filePath: path)
        process.arguments = ["--of", "console"]
        process.environment = ["HWLOC_FSROOT": root, "HWLOC_THISSYSTEM": "0", "PATH": "/usr/bin:/bin"]
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw BenchError("\(path) cannot read \(root)") }
        return Self.childrenSeconds - before
    }

    /// getrusage(2) of children that have ended.
    private static var childrenSeconds: Double {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_CHILDREN.rawValue), &usage)
        return Double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
            + Double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6
    }
}
