import AtollCore
import AtollModel
import CAtollLinux
import Glibc

/// Makes the volumes of a pod ready, before its first container starts.
enum PodVolumes {
    /// - Parameter claims: the folder of all claims; nil for a host that has none.
    static func prepare(_ plan: PodPlan, in folder: PodFolder, claims: String?) throws(AgentError) {
        guard !plan.launch.volumes.isEmpty else { return }
        try Files.makeFolder(folder.volumesPath)
        var isSetApart = false
        for volume in plan.launch.volumes {
            do throws(AgentError) {
                switch volume.source {
                case .emptyDirectory(let inMemory, let sizeMax):
                    let path = "\(folder.volumesPath)/\(volume.name)"
                    try makeEveryones(path)
                    guard inMemory else { continue }
                    if !isSetApart { try setApart() }
                    isSetApart = true
                    try mountMemory(path, sizeMax)
                case .hostPath(let path, let type): try HostPathCheck(path).require(type)
                case .claim(let claim):
                    guard let claims else { throw .noFolderForClaims }
                    try ClaimFolder(claim, in: claims).prepare()
                }
            } catch {
                throw AgentError(error.code, "cannot prepare volume \(volume.name): \(error.message)")
            }
        }
    }

    /// Users that a container's command changes to may write to it; nobody else gets into the pod's folder.
    private static func makeEveryones(_ path: String) throws(AgentError) {
        try Files.makeFolder(path)
        guard chmod(path, 0o777) == 0 else { throw .system(errno, "change the mode of \(path)") }
    }

    /// What is mounted from now on is seen by this process and what it starts, and goes with them. That it was done before,
    /// for the pod's names, does no harm; that it failed then may have been accepted, and is not here.
    private static func setApart() throws(AgentError) {
        guard atoll_unshare_mounts(0) == 0, atoll_receive_mounts_only() == 0 else {
            throw AgentError(
                .system(errno),
                "volumes in memory need mount namespaces, which are refused (\(AgentError.reason(errno))); run the agent "
                    + "as root or allow user namespaces (sysctl kernel.unprivileged_userns_clone=1)"
            )
        }
    }

    private static func mountMemory(_ path: String, _ sizeMax: UInt64?) throws(AgentError) {
        guard atoll_mount_memory(path, sizeMax ?? 0) == 0 else { throw .system(errno, "mount memory at \(path)") }
    }
}

extension AgentError {
    static let noFolderForClaims = AgentError(
        .setting,
        "this host has no folder for claims; name one as volumeClaims in /etc/atoll/agent.yaml, on a file system that the "
            + "hosts share, and restart the agent"
    )
}

/// What has to be at a path of the host. Source: `HostPathType` of Kubernetes' v1.
struct HostPathCheck {
    private let path: String

    init(_ path: String) { self.path = path }

    func require(_ type: PodVolume.HostPathType) throws(AgentError) {
        switch type {
        case .any: _ = try mode()
        case .directoryOrCreate:
            try makeFolders()
            try require(.directory)
        case .fileOrCreate:
            let file = open(path, O_RDONLY | O_CREAT | O_CLOEXEC, 0o644)
            if file >= 0 { close(file) }
            try require(.file)
        case .directory: try expect(S_IFDIR, "a folder")
        case .file: try expect(S_IFREG, "a file")
        case .socket: try expect(S_IFSOCK, "a socket")
        case .characterDevice: try expect(S_IFCHR, "a character device")
        case .blockDevice: try expect(S_IFBLK, "a block device")
        }
    }

    private func expect(_ kind: mode_t, _ words: String) throws(AgentError) {
        guard try mode() & S_IFMT == kind else {
            throw AgentError(.setting, "\(path) of this host is not \(words); correct hostPath.type, or the host")
        }
    }

    private func mode() throws(AgentError) -> mode_t {
        var status = stat()
        guard stat(path, &status) == 0 else { throw .system(errno, "use \(path) of this host") }
        return status.st_mode
    }

    private func makeFolders() throws(AgentError) {
        var made = ""
        for part in path.split(separator: "/") {
            made += "/" + part
            guard mkdir(made, 0o755) == 0 || errno == EEXIST else { throw .system(errno, "make folder \(made)") }
        }
    }
}
