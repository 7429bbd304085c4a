import Foundation

/// What a process has used up to now. proc_pid_status(5), and `schedstat` of Documentation/scheduler/sched-stats.rst.
struct ProcessUsage {
    /// On a processor, all threads that live.
    let cpuSeconds: Double
    let residentKiB: Int
    let peakResidentKiB: Int

    init(of process: Int32) {
        let threads = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(process)/task")) ?? []
        let nanoseconds = threads.map { thread in
            Self.words("/proc/\(process)/task/\(thread)/schedstat").first.flatMap { Double($0) } ?? 0
        }
        cpuSeconds = nanoseconds.reduce(0, +) / 1e9
        let status = Self.words("/proc/\(process)/status")
        residentKiB = Self.number(after: "VmRSS:", in: status)
        peakResidentKiB = Self.number(after: "VmHWM:", in: status)
    }

    private static func words(_ path: String) -> [Substring] {
        // A process that is gone has used nothing.
        ((try? String(contentsOfFile: path, encoding: .utf8)) ?? "").split(whereSeparator: \.isWhitespace)
    }

    private static func number(after key: String, in words: [Substring]) -> Int {
        words.firstIndex { $0 == key }.flatMap { $0 + 1 < words.count ? Int(words[$0 + 1]) : nil } ?? 0
    }
}
