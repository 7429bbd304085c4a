import AtollModel
import AtollStore
import Foundation
import Glibc

extension StoreFile {
    /// The names of all files that SQLite may have for a store are its own name and one of these.
    static let suffixes = ["", "-wal", "-shm", "-journal"]

    /// Without a name that is special to SQLite, such as `:memory:` or `file:...`.
    static func absolute(_ path: String) -> String { URL(fileURLWithPath: path).path }

    /// In bytes; 0 for what is not there.
    static func size(of path: String) -> UInt64 {
        var status = stat()
        return stat(path, &status) == 0 ? UInt64(status.st_size) : 0
    }

    static func createFolder(of path: String) throws(StoreError) {
        let folder = folder(of: path)
        if mkdir(folder, 0o700) != 0, errno != EEXIST {
            throw .system(errno, "cannot make the folder \(folder)", path)
        }
    }

    /// Makes the names in a file's folder durable.
    static func syncFolder(of path: String) throws(StoreError) {
        let descriptor = Glibc.open(folder(of: path), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .system(errno, "cannot open its folder", path) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw .system(errno, "cannot sync its folder", path) }
    }

    /// Appends what is in a file to an open one, which gets the owner of its folder if we may give files away: a
    /// store that root restores is for the coordinator's own user.
    static func copy(_ source: String, to target: CInt, about path: String) throws(StoreError) {
        let descriptor = Glibc.open(source, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .system(errno, "cannot open the file", source) }
        defer { close(descriptor) }
        var owner = stat()
        if geteuid() == 0, stat(folder(of: path), &owner) == 0, fchown(target, owner.st_uid, owner.st_gid) != 0 {
            throw .system(errno, "cannot give the file to its folder's owner", path)
        }
        while true {
            let count = sendfile(target, descriptor, nil, 1 << 30)
            if count == 0 { return }
            if count < 0, errno != EINTR { throw .system(errno, "cannot copy \(source) to it", path) }
        }
    }

    /// Gives a store and what belongs to it another name, and returns that.
    ///
    /// The store goes before its log: a crash between the two leaves a log without a store, which nobody can mistake
    /// for one.
    static func setAside(_ path: String, at now: Timestamp) throws(StoreError) -> String {
        let aside = "\(path).replaced-\(now.description.filter { $0 != ":" })"
        for suffix in suffixes where access(aside + suffix, F_OK) == 0 { throw .exists(aside + suffix) }
        for suffix in suffixes where rename(path + suffix, aside + suffix) != 0 && errno != ENOENT {
            throw .system(errno, "cannot be renamed to \(aside + suffix)", path + suffix)
        }
        return aside
    }

    private static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }
}
