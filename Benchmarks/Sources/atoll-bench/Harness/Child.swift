import Foundation

/// Each benchmark runs in a process of its own: its peak memory is its own, and none finds another's heap.
enum Child {
    /// What one benchmark of one size may take, in seconds, its preparation included.
    private static let secondsMax = 600.0

    static func measure(_ benchmark: Benchmark, size: Int?, runs: Int) throws -> Measurement {
        let label = benchmark.name + (size.map { " at \($0) hosts" } ?? "")
        FileHandle.standardError.write(Data("\(label) ... ".utf8))
        let process = Process()
        let executable = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
        let arguments = ["--child", benchmark.name, "--runs", "\(runs)"] + (size.map { ["--sizes", "\($0)"] } ?? [])
        Programs.prepare(process, executable.path, arguments, core: benchmark.needsCoordinator ? LiveCluster.core : nil)
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let watchdog = DispatchWorkItem { process.terminate() }
        DispatchQueue.global().asyncAfter(deadline: .now() + secondsMax, execute: watchdog)
        let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        watchdog.cancel()
        guard process.terminationReason == .exit else {
            throw BenchError("\(label) was ended after \(Int(secondsMax)) s, or crashed")
        }
        guard process.terminationStatus == 0 else { throw BenchError("\(label) failed") }
        let measurement = try JSONDecoder().decode(Measurement.self, from: output)
        let median = String(format: "%.4g", measurement.median)
        FileHandle.standardError.write(Data("\(median) \(measurement.unit.rawValue)\n".utf8))
        return measurement
    }
}
