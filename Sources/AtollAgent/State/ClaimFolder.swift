import AtollModel
import Glibc

/// The folder of one volume claim, `<root>/<namespace>/<claim>`; the root is often on a file system that hosts share.
///
///     <claim>/                what the pods see
///     <claim>/.atoll-claim    the claim's uid, written by whoever made the folder
///     .new-<uid>-<process>    one that is being made, until it gets its name
///     .removed-<uid>          one that is being deleted
///
/// A folder without a uid is an operator's: it is used and never deleted. Blocking; not for the agent's loop.
struct ClaimFolder {
    static let markerName = ".atoll-claim"

    let claim: VolumeClaimID
    let root: String

    /// Throws for names that no coordinator gives, and that would lead elsewhere.
    init(_ claim: VolumeClaimID, in root: String) throws(AgentError) {
        for name in [claim.name.namespace, claim.name.name] where !Self.isName(name) {
            throw AgentError(.damaged, "`\(name)` cannot be a part of a claim's name")
        }
        guard claim.uid.text.isEmpty || Self.isName(claim.uid.text) else {
            throw AgentError(.damaged, "`\(claim.uid)` cannot be the uid of a claim")
        }
        self.claim = claim
        self.root = root
    }

    var namespacePath: String { "\(root)/\(claim.name.namespace)" }
    var path: String { "\(namespacePath)/\(claim.name.name)" }

    private static func isName(_ text: String) -> Bool {
        !text.isEmpty && !text.hasPrefix(".") && text.utf8.count <= 255
            && text.utf8.allSatisfy { $0 != UInt8(ascii: "/") && $0 != 0 }
    }

    /// Sees to it that the folder is there, and is this claim's or an operator's.
    func prepare() throws(AgentError) {
        try requireRoot()
        if claim.uid.text.isEmpty {
            guard try isFolder() else {
                throw AgentError(
                    .setting,
                    "there is no claim \(claim.name), and no folder \(path); make the folder, or let a JobSet make the "
                        + "claim by volumeClaimPolicies"
                )
            }
            return
        }
        guard mkdir(namespacePath, 0o755) == 0 || errno == EEXIST else {
            throw .system(errno, "make folder \(namespacePath)")
        }
        // Another host may be making it too: whoever gives it its name first has made it.
        while try !isFolder() { try make() }
        guard let owner = try uid(), owner != claim.uid else { return }
        throw AgentError(
            .busy,
            "\(path) belongs to another claim, with uid \(owner): one of that name was there before, and not every host "
                + "that had its folder was asked to delete it; delete or rename the folder, or delete "
                + "\(Self.markerName) in it to use it as it is"
        )
    }

    /// The folder with its marker appears in one step, so that nobody meets one without.
    private func make() throws(AgentError) {
        let new = "\(namespacePath)/.new-\(claim.uid)-\(getpid())"
        try Files.makeFolder(new)
        guard chmod(new, 0o777) == 0 else { throw .system(errno, "change the mode of \(new)") }
        try Files.replace("\(new)/\(Self.markerName)", with: "\(claim.uid)\n".utf8)
        if rename(new, path) == 0 { return try Files.syncFolder(of: path) }
        let error = errno
        try Files.removeFolder(new)
        guard error == EEXIST || error == ENOTEMPTY else { throw .system(error, "make folder \(path)") }
    }

    /// The uid in the folder's marker; nil where there is none.
    func uid() throws(AgentError) -> ObjectUID? {
        guard let text = try Files.readText("\(path)/\(Self.markerName)") else { return nil }
        return ObjectUID(String(text.prefix { $0 != "\n" }))
    }

    /// False when nothing is there; a link or a file is nobody's claim.
    private func isFolder() throws(AgentError) -> Bool {
        var status = stat()
        guard lstat(path, &status) == 0 else {
            if errno == ENOENT { return false }
            throw .system(errno, "look at \(path)")
        }
        guard status.st_mode & S_IFMT == S_IFDIR else {
            throw AgentError(.setting, "\(path) is not a folder; remove it, or give the claim another name")
        }
        return true
    }

    /// It is never made: where its file system is not mounted, data would get lost under the mount point.
    func requireRoot() throws(AgentError) {
        var status = stat()
        guard stat(root, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
            throw AgentError(
                .setting,
                "the folder of all claims, \(root), is not there; mount its file system, or make it if it is new"
            )
        }
    }
}
