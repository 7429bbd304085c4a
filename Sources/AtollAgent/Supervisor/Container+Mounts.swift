import AtollCore
import CAtollLinux
import Glibc

extension Container {
    /// Starts a process that sees volumes: in a mount namespace of its own, for another container may see something else
    /// at the same path. Throws with a sentence that names the container, and the volume and path that are to blame.
    static func spawn(
        _ process: PodEnvironment.Process,
        output: CInt,
        arguments: UnsafePointer<UnsafeMutablePointer<CChar>?>,
        environment: UnsafePointer<UnsafeMutablePointer<CChar>?>
    ) throws(AgentError) -> pid_t {
        var id: pid_t = 0
        var failure = atoll_spawn_failure()
        let mounts = CMounts(process.mounts)
        let program = process.arguments.first ?? ""
        let error = atoll_spawn_mounted(
            &id,
            program,
            arguments,
            environment,
            process.workingDirectory,
            [-1, output, output],
            mounts.array,
            mounts.array.count,
            &failure
        )
        guard error == 0 else { throw .system(error, "start container \(process.name): \(failure.text(in: process))") }
        return id
    }
}

extension atoll_spawn_failure {
    /// What could not be done, as a sentence after "cannot start container NAME:" goes on.
    fileprivate func text(in process: PodEnvironment.Process) -> String {
        switch step {
        case ATOLL_SPAWN_FORK: return "make a process"
        case ATOLL_SPAWN_NAMESPACE:
            return
                "its volumes need mount namespaces, which are refused; run the agent as root or allow user namespaces "
                + "(sysctl kernel.unprivileged_userns_clone=1)"
        case ATOLL_SPAWN_DIRECTORY: return "working directory \(process.workingDirectory)"
        case ATOLL_SPAWN_EXECUTE: return "command \(process.arguments.first ?? "")"
        default: break
        }
        let mount = process.mounts[self.mount]
        let place = "volume \(mount.volume) at \(mount.path)"
        switch step {
        case ATOLL_SPAWN_OPEN_SOURCE: return "\(place): \(mount.source)"
        case ATOLL_SPAWN_OPEN_SUB_PATH: return "\(place): subPath \(mount.subPath) in \(mount.source)"
        case ATOLL_SPAWN_MAKE_TARGET: return "\(place): the mount point cannot be made"
        default: return "\(place): mount"
        }
    }
}

/// Mounts as C takes them, for as long as this lives.
private final class CMounts {
    let array: [atoll_mount]

    init(_ mounts: [PodEnvironment.Mount]) {
        array = mounts.map { mount in
            atoll_mount(
                source: strdup(mount.source),
                sub_path: strdup(mount.subPath),
                target: strdup(mount.path),
                read_only: mount.isReadOnly ? 1 : 0
            )
        }
    }

    deinit {
        for mount in array {
            for text in [mount.source, mount.sub_path, mount.target] { free(UnsafeMutablePointer(mutating: text)) }
        }
    }
}
