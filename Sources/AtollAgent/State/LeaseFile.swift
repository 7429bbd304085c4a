import Glibc

/// Until when this host's pods may run: `<state>/pods/lease`, beside the folders of the pods, written by the agent and
/// read by every supervisor.
///
/// Eight bytes in the host's byte order, nanoseconds of `CLOCK_BOOTTIME`, and the id of the boot that the clock counts
/// from. Not synced: no pod and no clock outlives the power.
struct LeaseFile {
    let path: String

    /// The id of this boot. proc_sys_kernel(5).
    static func bootID() throws(AgentError) -> [UInt8] {
        let path = "/proc/sys/kernel/random/boot_id"
        guard let id = try Files.read(path), !id.isEmpty else { throw AgentError(.damaged, "\(path) is empty") }
        return id
    }

    /// Nil when the pods run on: there is no lease, or it is of an earlier boot.
    func deadline(inBoot boot: [UInt8]) throws(AgentError) -> Int64? {
        guard let content = try Files.read(path, bytesMax: 256) else { return nil }
        guard content.count > Self.numberBytes else { throw AgentError(.damaged, "\(path) is cut short") }
        guard content[Self.numberBytes...].elementsEqual(boot) else { return nil }
        return content.withUnsafeBytes { $0.loadUnaligned(as: Int64.self) }
    }

    /// In place where that can be, so that a full disk keeps no lease from being renewed. The kernel copies the eight
    /// bytes at once: a reader sees the old number or the new.
    func write(deadline: Int64) throws(AgentError) {
        let boot = try Self.bootID()
        let number = withUnsafeBytes(of: deadline) { Array($0) }
        guard try isOfBoot(boot) else { return try Files.replace(path, with: number + boot) }
        let file = open(path, O_WRONLY | O_CLOEXEC)
        guard file >= 0 else { throw .system(errno, "write \(path)") }
        defer { close(file) }
        guard pwrite(file, number, number.count, 0) == number.count else { throw .system(errno, "write \(path)") }
    }

    func remove() throws(AgentError) {
        guard unlink(path) == 0 || errno == ENOENT else { throw .system(errno, "remove \(path)") }
    }

    private func isOfBoot(_ boot: [UInt8]) throws(AgentError) -> Bool {
        try Files.read(path, bytesMax: 256)?.dropFirst(Self.numberBytes).elementsEqual(boot) ?? false
    }

    private static let numberBytes = MemoryLayout<Int64>.size
}
