import AtollCore
import AtollModel
import AtollWire
import Glibc

/// The agent's own folder: what must outlive it. One agent at a time.
///
///     lock       held by the agent
///     instance   drawn when the folder was made, tells this installation from others
///     epoch      the highest epoch ever obeyed
///     host       what was last reported of the host's devices, whose numbers stay
///     pods/      one `PodFolder` for each pod, and the `LeaseFile`
///     journal    what ran here, `PodJournal`
final class StateFolder {
    let path: String
    private let lock: FileLock

    init(_ path: String) throws(AgentError) {
        self.path = path
        try Self.makeFolders(path)
        guard let lock = try FileLock(path + "/lock") else {
            throw AgentError(
                .busy,
                "the state folder \(path) is in use by another agent; stop that one, or give this one a folder of its "
                    + "own with --state DIR"
            )
        }
        self.lock = lock
        try Files.makeFolder(path + "/pods")
    }

    /// Drawn at the first call.
    func instance() throws(AgentError) -> ObjectUID {
        if let text = try Files.readText(path + "/instance"), !text.isEmpty { return ObjectUID(text) }
        var random = SystemRandomNumberGenerator()
        let uid = Self.uuid(random.next(), random.next())
        try Files.replace(path + "/instance", with: uid.utf8)
        return ObjectUID(uid)
    }

    func highestEpoch() throws(AgentError) -> Epoch {
        guard let text = try Files.readText(path + "/epoch") else { return Epoch(0) }
        guard let number = UInt64(text) else {
            throw AgentError(
                .damaged,
                "\(path)/epoch is damaged: it holds no number; an agent without it could obey a coordinator that was "
                    + "replaced: look up the coordinator's epoch and write it there"
            )
        }
        return Epoch(number)
    }

    func write(highestEpoch: Epoch) throws(AgentError) {
        try Files.replace(path + "/epoch", with: highestEpoch.description.utf8)
    }

    /// Nil at first, and where the file is damaged: then the numbers of the host's devices begin anew.
    func numberedHost() throws(AgentError) -> HostFacts? {
        try Files.read(path + "/host").flatMap { bytes in try? HostFacts(decoding: bytes) }
    }

    func write(numbered facts: HostFacts) throws(AgentError) {
        try Files.replace(path + "/host", with: facts.encoded())
    }

    func write(_ lease: LeaseChange) throws(AgentError) {
        let file = LeaseFile(path: path + "/pods/lease")
        switch lease {
        case .until(let deadline): try file.write(deadline: deadline)
        case .unlimited: try file.remove()
        }
    }

    func folder(of pod: PodID) -> PodFolder { PodFolder("\(path)/pods/\(pod)") }

    /// All that there are, in id order.
    func pods() throws(AgentError) -> [PodID] {
        try Files.names(in: path + "/pods").compactMap { PodID($0) }.sorted()
    }

    private static func makeFolders(_ path: String) throws(AgentError) {
        var made = ""
        for part in path.split(separator: "/") {
            made += "/" + part
            try Files.makeFolder(made)
        }
    }

    /// A random UUID. RFC 9562, version 4.
    private static func uuid(_ high: UInt64, _ low: UInt64) -> String {
        let words = [high & ~0xF000 | 0x4000, low & ~(0b11 << 62) | 0b10 << 62]
        let digits = words.map { word in
            let text = String(word, radix: 16)
            return String(repeating: "0", count: 16 - text.count) + text
        }.joined()
        var rest = digits[...]
        return [8, 4, 4, 4, 12].map { count in
            defer { rest = rest.dropFirst(count) }
            return String(rest.prefix(count))
        }.joined(separator: "-")
    }
}
