public import AtollModel
import Glibc

/// What `atoll-agent remove-claim` does.
public enum ClaimRemoval {
    /// On return nothing of the claim is left below the folder of all claims.
    public static func run(_ claim: VolumeClaimID, below root: String) throws(AgentError) {
        guard !claim.uid.text.isEmpty else {
            throw AgentError(.setting, "a claim without a uid is an operator's folder, and is not deleted")
        }
        try ClaimFolder(claim, in: root).remove()
    }
}

extension ClaimFolder {
    /// Deletes the folder if it has this claim's uid, and what is left of earlier attempts. On return nothing is left.
    ///
    /// It first leaves its name in one step, so that a crash leaves no half of it behind under that. Links are deleted and
    /// never followed, and nothing that is mounted in it is entered.
    func remove() throws(AgentError) {
        try requireRoot()
        let root = try Folder(root)
        guard let namespace = try root.folder(claim.name.namespace) else { return }
        try setAside(in: namespace)
        let leftovers = try namespace.names().filter {
            $0 == aside || $0.hasPrefix(".new-\(claim.uid)-")
        }
        for name in leftovers { try namespace.removeTree(name) }
    }

    private var aside: String { ".removed-\(claim.uid)" }

    private func setAside(in namespace: borrowing Folder) throws(AgentError) {
        guard let folder = try namespace.folder(claim.name.name), try folder.text(Self.markerName) == claim.uid.text
        else { return }
        // There is one already only if a pod was started since, which none should have been.
        try namespace.removeTree(aside)
        guard renameat(namespace.descriptor, claim.name.name, namespace.descriptor, aside) == 0 || errno == ENOENT
        else {
            throw .system(errno, "rename \(path)")
        }
    }
}

/// An open folder, so that what is done in it is done there, wherever links lead meanwhile.
private struct Folder: ~Copyable {
    let descriptor: CInt
    private let path: String
    private let device: dev_t

    init(_ path: String) throws(AgentError) {
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .system(errno, "open \(path)") }
        self.init(descriptor: descriptor, path: path)
    }

    private init(descriptor: CInt, path: String) {
        self.descriptor = descriptor
        self.path = path
        var status = stat()
        device = fstat(descriptor, &status) == 0 ? status.st_dev : 0
    }

    deinit { close(descriptor) }

    /// Nil where there is none: nothing at all, or something that is no folder.
    func folder(_ name: String) throws(AgentError) -> Folder? {
        let folder = openat(descriptor, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        if folder >= 0 { return Folder(descriptor: folder, path: "\(path)/\(name)") }
        guard errno == ENOENT || errno == ENOTDIR || errno == ELOOP else {
            throw .system(errno, "open \(path)/\(name)")
        }
        return nil
    }

    /// The first line of a short file; nil where there is none.
    func text(_ name: String) throws(AgentError) -> String? {
        let file = openat(descriptor, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
        guard file >= 0 else {
            if errno == ENOENT || errno == ELOOP { return nil }
            throw .system(errno, "read \(path)/\(name)")
        }
        defer { close(file) }
        var bytes = [UInt8](repeating: 0, count: 256)
        let count = read(file, &bytes, bytes.count)
        guard count >= 0 else { throw .system(errno, "read \(path)/\(name)") }
        return String(decoding: bytes[..<count].prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
    }

    /// So many at a time that a huge folder takes no memory to speak of.
    func names(countMax: Int = .max) throws(AgentError) -> [String] {
        let copy = openat(descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard copy >= 0, let stream = fdopendir(copy) else { throw .system(errno, "list \(path)") }
        defer { closedir(stream) }
        var names: [String] = []
        while names.count < countMax, let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names
    }

    /// Deletes an entry and all below it. What is gone already is no error.
    func removeTree(_ name: String) throws(AgentError) {
        if unlinkat(descriptor, name, 0) == 0 || errno == ENOENT { return }
        guard errno == EISDIR || errno == EPERM else { throw .system(errno, "remove \(path)/\(name)") }
        guard let inner = try folder(name) else { return }
        guard inner.device == device else {
            throw AgentError(.busy, "cannot remove \(inner.path): another file system is mounted there; unmount it")
        }
        while case let names = try inner.names(countMax: 4_096), !names.isEmpty {
            for name in names { try inner.removeTree(name) }
        }
        guard unlinkat(descriptor, name, AT_REMOVEDIR) == 0 || errno == ENOENT else {
            throw .system(errno, "remove \(inner.path)")
        }
    }
}
