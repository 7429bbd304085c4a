import CAtollLinux
import Glibc

/// Gives the calling process, and what it starts, a host name and an `/etc/hosts` of its own.
///
/// The network stays the host's. Only for a process with one thread. namespaces(7).
enum PodNamespace {
    /// Returns one sentence when it could not be done, nil when it was.
    ///
    /// - Parameters:
    ///   - hostName: nil to keep the host's.
    ///   - hosts: the file to be seen as `/etc/hosts`.
    static func enter(hostName: String?, hosts: String) -> String? {
        let wantsName: CInt = hostName == nil ? 0 : 1
        if atoll_unshare_mounts(wantsName) != 0 {
            let refused = errno
            guard refused == EPERM, enterUserNamespace(), atoll_unshare_mounts(wantsName) == 0 else {
                return without("namespaces are refused (unshare: \(AgentError.reason(refused)))")
            }
        }
        if atoll_receive_mounts_only() != 0 {
            return without("its mounts could not be set apart (mount: \(AgentError.reason(errno)))")
        }
        if atoll_bind_mount(hosts, "/etc/hosts") != 0 {
            return without("\(hosts) could not be mounted over /etc/hosts (mount: \(AgentError.reason(errno)))")
        }
        if let hostName, sethostname(hostName, hostName.utf8.count) != 0 {
            return "the pod keeps the host's name: sethostname: \(AgentError.reason(errno))"
        }
        return nil
    }

    private static func without(_ reason: String) -> String {
        "host names of pods will not resolve in this pod: \(reason); run the agent as root or allow user namespaces "
            + "(sysctl kernel.unprivileged_userns_clone=1), or provide the names by DNS"
    }

    /// In it the caller keeps its user and group, and may mount. user_namespaces(7).
    private static func enterUserNamespace() -> Bool {
        let (user, group) = (getuid(), getgid())
        guard atoll_unshare_user() == 0 else { return false }
        do throws(AgentError) {
            // Without this an unprivileged process may not map its group.
            try Files.overwrite("/proc/self/setgroups", with: "deny".utf8, mode: 0)
            try Files.overwrite("/proc/self/uid_map", with: "\(user) \(user) 1".utf8, mode: 0)
            try Files.overwrite("/proc/self/gid_map", with: "\(group) \(group) 1".utf8, mode: 0)
            return true
        } catch {
            return false
        }
    }
}
