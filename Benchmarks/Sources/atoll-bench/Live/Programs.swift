import Foundation

/// The programs that are measured.
enum Programs {
    /// The folder that `scripts/bench` has built them into.
    static var folder: String? { ProcessInfo.processInfo.environment["ATOLL_BIN"] }

    static func start(_ name: String, _ arguments: [String], core: Int?) throws -> Process {
        guard let folder else { throw BenchError("ATOLL_BIN names no folder with \(name); use scripts/bench") }
        let process = Process()
        prepare(process, folder + "/" + name, arguments, core: core)
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        return process
    }

    /// Becomes the program, and leaves somebody behind who ends it when nobody holds the other end of our standard input
    /// any more: when whoever started it is gone, however that came about. It holds nothing else open, or `Process` would
    /// take the program to be running still.
    private static let tied = """
        exec 3<&0
        {
            for file in /proc/self/fd/*; do
                [[ $file == */3 ]] || eval "exec ${file##*/}>&-"
            done
            read -r -u 3
            kill -KILL $$
        } 2>/dev/null &
        exec "$@" </dev/null 3<&-
        """

    /// util-linux; without it, and on one core, the kernel shares out the cores.
    private static let taskset = "/usr/bin/taskset"

    /// Sets a process up to run a program on one core, or on all whichever this process is held to, and to end with this
    /// process.
    static func prepare(_ process: Process, _ path: String, _ arguments: [String], core: Int?) {
        let count = ProcessInfo.processInfo.processorCount
        let isPinned = count > 1 && FileManager.default.isExecutableFile(atPath: taskset)
        let pinning = isPinned ? [taskset, "-c", core.map { "\($0)" } ?? "0-\(count - 1)"] : []
        process.executableURL = URL(filePath: "/bin/bash")
        process.arguments = ["-c", tied, "bash"] + pinning + [path] + arguments
        // The process holds on to it.
        process.standardInput = Pipe()
    }
}
