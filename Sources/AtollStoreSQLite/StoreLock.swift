import AtollStore
import Glibc

/// Keeps coordinators from opening a store file while its name is given to another.
///
/// It takes those bytes that SQLite locks, so it works for a file that SQLite cannot read any more. Source:
/// https://www.sqlite.org/fileformat2.html, 1.3 ("lock-byte page"), and `PENDING_BYTE`, `SHARED_SIZE` in os.h.
struct StoreLock: ~Copyable {
    private static let firstByte: off_t = 0x4000_0000
    private static let byteCount: off_t = 512

    private let descriptor: CInt

    /// Nil when there is no file.
    init?(_ path: String) throws(StoreError) {
        descriptor = open(path, O_RDWR | O_CLOEXEC)
        if descriptor < 0 {
            if errno == ENOENT { return nil }
            throw .system(errno, "cannot open the store to be replaced", path)
        }
        var lock = flock()
        lock.l_type = Int16(F_WRLCK)
        lock.l_whence = Int16(SEEK_SET)
        lock.l_start = Self.firstByte
        lock.l_len = Self.byteCount
        guard fcntl(descriptor, F_SETLK, &lock) == 0 else {
            let error = errno
            close(descriptor)
            throw error == EAGAIN || error == EACCES ? .inUse(path) : .system(error, "cannot lock the store", path)
        }
    }

    deinit { close(descriptor) }

    /// Names the place up to which the lock is held: a value may be destroyed after its last use.
    consuming func release() {}
}
