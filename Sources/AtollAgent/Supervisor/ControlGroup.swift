import CAtollLinux
import Glibc

/// A pod's own control group (cgroup v2), by which the kernel kills the whole tree at once. cgroups(7).
///
/// Only where the agent's own group was delegated to it (`Delegate=yes` in the unit); elsewhere the pod does without.
struct ControlGroup {
    let path: String
    /// Where the supervisor stays.
    private let parent: String?

    /// Makes `pod-<name>` in the group of this process. Nil where that is not allowed or has no `cgroup.kill`
    /// (Linux 5.14).
    init?(forPod name: String) {
        guard let parent = Self.own(), Self.isDelegated(parent) else { return nil }
        path = "\(parent)/pod-\(name)"
        self.parent = parent
        // One that exists belongs to somebody else, a pod of another cluster perhaps.
        guard mkdir(path, 0o755) == 0 else { return nil }
        guard access(path + "/cgroup.kill", W_OK) == 0 else {
            rmdir(path)
            return nil
        }
    }

    /// One that another process made.
    init(adopting path: String) {
        self.path = path
        parent = nil
    }

    /// What this process starts from here on is born in the group. False where that is refused.
    func enter() -> Bool { Self.write("0", to: path + "/cgroup.procs") }

    func leave() {
        if let parent { _ = Self.write("0", to: parent + "/cgroup.procs") }
    }

    func kill() -> Bool { Self.write("1", to: path + "/cgroup.kill") }

    /// False while a process is in it.
    @discardableResult
    func remove() -> Bool { rmdir(path) == 0 || errno == ENOENT }

    private static func isDelegated(_ path: String) -> Bool {
        // systemd.resource-control(5), Delegate=: "user.delegate" since v251, "trusted.delegate" before.
        atoll_is_marked(path, "user.delegate") != 0 || atoll_is_marked(path, "trusted.delegate") != 0
    }

    /// Absolute path of this process's group; nil without cgroup v2.
    private static func own() -> String? {
        // "0::/system.slice/atoll-agent.service"
        guard let group = text("/proc/self/cgroup").first(where: { $0.hasPrefix("0::") })?.dropFirst(3),
            let mount = text("/proc/self/mountinfo").first(where: { $0.contains(" - cgroup2 ") })
        else { return nil }
        // "29 23 0:26 <root> <mount point> rw,... - cgroup2 ..."
        let fields = mount.split(separator: " ")
        guard fields.count > 4 else { return nil }
        let inner = group.hasPrefix(fields[3]) && fields[3] != "/" ? group.dropFirst(fields[3].count) : group
        return inner == "/" ? String(fields[4]) : String(fields[4] + inner)
    }

    private static func text(_ path: String) -> [Substring] {
        do throws(AgentError) {
            return try Files.readText(path)?.split(separator: "\n") ?? []
        } catch {
            return []
        }
    }

    private static func write(_ text: String, to path: String) -> Bool {
        let file = open(path, O_WRONLY | O_CLOEXEC)
        guard file >= 0 else { return false }
        defer { close(file) }
        return Files.writeAll(text.utf8, to: file)
    }
}
