import Foundation

/// Where and on what the figures were taken.
struct Machine: Codable, Sendable {
    let processor: String
    let cores: Int
    let kernel: String
    let commit: String
    /// `release` or `debug`.
    let configuration: String
    /// Runnable processes over the last minute when the run began: above 1, others were measured too.
    let loadAverage: String

    init(commit: String) {
        let lines = Self.text("/proc/cpuinfo").split(separator: "\n")
        let model = lines.first { $0.hasPrefix("model name") }?.split(separator: ":").last
        processor = model.map { $0.trimmingCharacters(in: .whitespaces) } ?? "unknown processor"
        cores = ProcessInfo.processInfo.activeProcessorCount
        kernel = Self.text("/proc/sys/kernel/osrelease").trimmingCharacters(in: .newlines)
        self.commit = commit
        #if DEBUG
            configuration = "debug"
        #else
            configuration = "release"
        #endif
        loadAverage = Self.text("/proc/loadavg").split(separator: " ").first.map(String.init) ?? "?"
    }

    private static func text(_ path: String) -> String {
        // Where there is no /proc, the report says `unknown` rather than failing.
        (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
    }
}

enum ResidentMemory {
    /// `VmHWM` of proc_pid_status(5). Not `ru_maxrss`, which a process inherits from the one that started it.
    static var peakKiB: Int {
        let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        return line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) } ?? 0
    }
}
