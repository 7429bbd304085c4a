import AtollStore
import Glibc

/// A file that appears under its name whole and durable, or not at all, and never over another.
///
/// It is written under a temporary name beside it, which goes when this value does.
struct NewFile: ~Copyable {
    let path: String
    /// Where to write it: empty at first, for its owner alone.
    let temporaryPath: String
    let descriptor: CInt

    init(at path: String) throws(StoreError) {
        self.path = path
        var name = Array("\(path).part-XXXXXX".utf8CString)
        descriptor = mkstemp(&name)
        let error = errno
        temporaryPath = String(decoding: name.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
        // `deinit` does not run for a value whose `init` throws.
        if descriptor < 0 { throw .system(error, "cannot make a file beside it", path) }
    }

    deinit {
        close(descriptor)
        for suffix in StoreFile.suffixes { unlink(temporaryPath + suffix) }
    }

    /// Gives the file its name. Throws `.exists` if somebody else has it by now.
    func install() throws(StoreError) {
        guard fsync(descriptor) == 0 else { throw .system(errno, "cannot sync the file", path) }
        // In place of rename(2), which would replace what is there.
        guard link(temporaryPath, path) == 0 else {
            throw errno == EEXIST ? .exists(path) : .system(errno, "cannot give the file its name", path)
        }
        unlink(temporaryPath)
        try StoreFile.syncFolder(of: path)
    }
}
