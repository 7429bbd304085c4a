import AtollModel
import AtollWire
import Glibc

/// One pod's folder, `<state>/pods/<PodID>`: what agent and supervisor tell each other, also across restarts.
///
///     plan          what to run, written by the agent before it starts the supervisor
///     lock          held by the supervisor for as long as it lives
///     attempts      how far the restarts in place have come, replaced by the agent, for a pod that has any
///     record        where the pod stands, replaced by the supervisor
///     notes         what the pod has to do without, one sentence on a line
///     cgroup        path of the pod's control group, if it has one
///     hosts         mounted over the pod's /etc/hosts
///     output.<n>    what the containers wrote, from the n-th byte on
///     claims        path of the folder of all volume claims, for a pod that has some
///     volumes/      folders that are the pod's own
///     downward/     labels, annotations, name and namespace as files
///     work/         the pod's own: HOME and default working directory
///
/// No pod outlives the power, so two things alone are synced: that the folder is there, or a pod might be started twice,
/// and how the pod ended. Whatever else is damaged after a power cut belongs to a pod that is lost.
struct PodFolder {
    let path: String

    init(_ path: String) { self.path = path }

    var id: PodID? { PodID(String(path[(path.lastIndex(of: "/").map(path.index(after:)) ?? path.startIndex)...])) }

    var recordPath: String { path + "/record" }
    var hostsPath: String { path + "/hosts" }
    var lockPath: String { path + "/lock" }
    var workPath: String { path + "/work" }
    var downwardPath: String { path + "/downward" }
    var volumesPath: String { path + "/volumes" }
    /// Both of the host, for all of its pods.
    var journal: PodJournal { PodJournal(path: path + "/../../journal") }
    var lease: LeaseFile { LeaseFile(path: path + "/../lease") }

    func create(_ plan: PodPlan) throws(AgentError) {
        try Files.makeFolder(path)
        try Files.replace(path + "/plan", with: plan.encoded(), sync: false)
        try Files.syncFolder(of: path)
    }

    /// What the pod sees as `/etc/hosts`: the names of its peers, then its host's own lines, as with the kubelet's
    /// files for pods in the host's network. The peers come first, so that their names win.
    func writeHosts(_ peers: String) throws(AgentError) {
        let own = try Files.readText("/etc/hosts") ?? ""
        try Files.overwrite(hostsPath, with: (peers + own).utf8, mode: 0o644)
    }

    /// Nil where there is none.
    func plan() throws(AgentError) -> PodPlan? {
        guard let bytes = try Files.read(path + "/plan") else { return nil }
        do throws(WireError) {
            return try PodPlan(decoding: bytes)
        } catch {
            throw AgentError(.damaged, "\(path)/plan is damaged: \(error)")
        }
    }

    /// Nil where there is none.
    func record() throws(AgentError) -> PodRecord? {
        guard let bytes = try Files.read(recordPath) else { return nil }
        do throws(WireError) {
            return try PodRecord(decoding: bytes)
        } catch {
            throw AgentError(.damaged, "\(recordPath) is damaged: \(error)")
        }
    }

    func write(_ record: PodRecord) throws(AgentError) {
        try Files.replace(recordPath, with: record.encoded(), sync: record.observation.hasEnded)
    }

    /// Nil where there are none.
    func attempts() throws(AgentError) -> InPlaceAttempts? {
        guard let bytes = try Files.read(path + "/attempts") else { return nil }
        do throws(WireError) {
            return try InPlaceAttempts(decoding: bytes)
        } catch {
            throw AgentError(.damaged, "\(path)/attempts is damaged: \(error)")
        }
    }

    func write(_ attempts: InPlaceAttempts) throws(AgentError) {
        try Files.replace(path + "/attempts", with: attempts.encoded(), sync: false)
    }

    func notes() throws(AgentError) -> [String] {
        try Files.readText(path + "/notes")?.split(separator: "\n").map { String($0) } ?? []
    }

    func write(notes: [String]) throws(AgentError) {
        try Files.replace(path + "/notes", with: notes.map { $0 + "\n" }.joined().utf8, sync: false)
    }

    func cgroup() throws(AgentError) -> String? { try Files.readText(path + "/cgroup") }

    func write(cgroup: String) throws(AgentError) {
        try Files.replace(path + "/cgroup", with: cgroup.utf8, sync: false)
    }

    /// Nil where the pod has none, or the host has no such folder.
    func claims() throws(AgentError) -> String? { try Files.readText(path + "/claims") }

    func write(claims root: String) throws(AgentError) {
        try Files.replace(path + "/claims", with: root.utf8, sync: false)
    }

    /// The supervisor's hold of the folder; it ends with the process, however that ends. Nil when somebody has it.
    func lock() throws(AgentError) -> FileLock? { try FileLock(lockPath) }

    func remove() throws(AgentError) {
        try Files.removeFolder(path)
        try Files.syncFolder(of: path)
    }
}

/// An exclusive flock(2) on a file, held until this value is gone.
struct FileLock: ~Copyable {
    private let descriptor: CInt

    /// Nil when another process holds it.
    init?(_ path: String) throws(AgentError) {
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .system(errno, "open \(path)") }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let error = errno
            close(descriptor)
            if error == EWOULDBLOCK { return nil }
            throw .system(error, "lock \(path)")
        }
    }

    deinit { close(descriptor) }
}
