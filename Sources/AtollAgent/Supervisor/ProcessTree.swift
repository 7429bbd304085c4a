import AtollCore
import Glibc

/// The processes of a pod, found as the descendants of its supervisor, whose children all orphans among them become.
enum ProcessTree {
    /// Every living descendant of a process, in no useful order. One that is born meanwhile may be missing.
    /// Source: /proc/PID/task/TID/children, proc(5).
    static func descendants(of root: Int32 = getpid()) -> [Int32] {
        var found: [Int32] = []
        var next = [root]
        while let process = next.popLast() {
            let children = children(of: process)
            found += children
            next += children
        }
        return found
    }

    private static func children(of process: Int32) -> [Int32] {
        names(in: "/proc/\(process)/task").flatMap { thread in
            let bytes = read("/proc/\(process)/task/\(thread)/children")
            return String(decoding: bytes, as: UTF8.self).split(separator: " ").compactMap { Int32($0) }
        }
    }

    /// Every living process of one container: in its first process's group, below that process, or known by its
    /// environment, however it has detached itself.
    ///
    /// - Parameter first: the first process, whether or not it still lives.
    static func members(of first: Int32, named name: String) -> [Int32] {
        let below = Set([first] + descendants(of: first))
        let mark = Array("\(PodEnvironment.containerVariable)=\(name)".utf8)
        return descendants().filter { below.contains($0) || getpgid($0) == first || isMarked($0, mark) }
    }

    /// One pass of SIGKILL over all that is there.
    static func killAll() {
        for process in descendants() { kill(process, SIGKILL) }
    }

    /// SIGKILL to what a lost supervisor has left behind: processes that carry the pod's folder in their environment,
    /// or are on the way there, and those of its control group. True when there was nothing left; otherwise call again.
    static func killLeftovers(of folder: PodFolder) throws(AgentError) -> Bool {
        let group = try folder.cgroup().map { ControlGroup(adopting: $0) }
        _ = group?.kill()
        let mark = Array("ATOLL_DOWNWARD=\(folder.downwardPath)".utf8)
        let found = names(in: "/proc").compactMap { Int32($0) }.filter { process in
            // In this order: who has left the one behind has got the other.
            isSupervisor(process, of: folder) || isMarked(process, mark)
        }
        for process in found { kill(process, SIGKILL) }
        return found.isEmpty && group?.remove() ?? true
    }

    private static func isMarked(_ process: Int32, _ mark: [UInt8]) -> Bool {
        read("/proc/\(process)/environ").split(separator: 0).contains { $0.elementsEqual(mark) }
    }

    /// Also true of what a supervisor has just forked and what has not yet become the container's command: until
    /// execve(2) it has the supervisor's command line, and outlives the supervisor if that is killed then.
    private static func isSupervisor(_ process: Int32, of folder: PodFolder) -> Bool {
        let arguments = read("/proc/\(process)/cmdline").split(separator: 0)
        return arguments.suffix(2).elementsEqual([Array("supervise".utf8), Array(folder.path.utf8)]) {
            $0.elementsEqual($1)
        }
    }

    // A process that ends takes its files along at any moment, so in /proc an error is the same as nothing.

    private static func read(_ path: String) -> [UInt8] {
        do throws(AgentError) {
            return try Files.read(path) ?? []
        } catch {
            return []
        }
    }

    private static func names(in folder: String) -> [String] {
        do throws(AgentError) {
            return try Files.names(in: folder)
        } catch {
            return []
        }
    }
}
