import AtollCore
import AtollJobSet
import AtollModel
import AtollStore
import Glibc
import Testing

@testable import AtollStoreSQLite

@Suite struct RestoreTests {
    private let now = Timestamp(nanoseconds: 1_795_000_000_000_000_000)

    @Test func `a restored store holds the backup under numbers that the cluster has not seen`() throws {
        try withBackup { backup, folder in
            let original = try SQLiteStore(path: folder + "/store.db").closing { try $0.load() }
            let path = folder + "/new/store.db"
            let restoration = try SQLiteStore.restore(backup, to: path, replacing: false, at: now)
            #expect(restoration.replaced == nil)
            #expect(restoration.summary.jobSets == 1 && restoration.summary.hosts == 1)
            #expect(restoration.summary.bytes == UInt64(try bytes(of: path).count))
            #expect(try names(in: folder + "/new") == ["store.db"])
            #expect(try permissions(of: path) == 0o600)

            var restored = try SQLiteStore(path: path).closing { try $0.load() }
            let (old, new) = (try #require(original.cluster), try #require(restored.cluster))
            #expect(new.epoch == restoration.epoch && new.epoch.rawValue > old.epoch.rawValue + 1000)
            #expect(new.jobIDPrefix != old.jobIDPrefix && new.nextJobNumber > old.nextJobNumber)
            #expect(new.revision > old.revision)
            #expect(try CoordinatorCore(restoring: restored, seed: 1).cluster.epoch > restoration.epoch)
            restored.cluster = old
            #expect(restored == original)
        }
    }

    @Test func `a backup that is restored again starts above all of its first new life`() throws {
        try withBackup { backup, folder in
            let first = try SQLiteStore.restore(backup, to: folder + "/1.db", replacing: false, at: now)
            let later = Timestamp(nanoseconds: now.nanoseconds + 60_000_000_000)
            let second = try SQLiteStore.restore(backup, to: folder + "/2.db", replacing: false, at: later)
            #expect(second.epoch.rawValue >= first.epoch.rawValue + 60_000)
        }
    }

    @Test func `a clock that is far behind lets the epoch grow all the same`() throws {
        try withBackup { backup, folder in
            let past = Timestamp(nanoseconds: -1)
            let restoration = try SQLiteStore.restore(backup, to: folder + "/new.db", replacing: false, at: past)
            #expect(restoration.epoch == Epoch(1_000_001))
        }
    }

    @Test func `a store is only replaced when asked to, and kept with its log`() async throws {
        try await withBackup { backup, folder in
            let path = folder + "/data/store.db"
            await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
                try dieAfterPutting(hostRecord("only here"), into: path)
            }
            let (file, log) = (try bytes(of: path), try bytes(of: path + "-wal"))
            #expect(!log.isEmpty)
            let error = #expect(throws: StoreError.self) {
                try SQLiteStore.restore(backup, to: path, replacing: false, at: now)
            }
            #expect(error?.code == .exists)
            #expect(try [bytes(of: path), bytes(of: path + "-wal")] == [file, log])

            let restoration = try SQLiteStore.restore(backup, to: path, replacing: true, at: now)
            let aside = try #require(restoration.replaced)
            #expect(aside == path + ".replaced-2026-11-18T110640Z")
            #expect(try [bytes(of: aside), bytes(of: aside + "-wal")] == [file, log])
            #expect(try hostNames(path) == ["tpu-1"])
            #expect(try hostNames(aside) == ["only here"])
        }
    }

    @Test func `a log that an interrupted replacement left is not taken for the new store's`() async throws {
        try await withBackup { backup, folder in
            let path = folder + "/data/store.db"
            await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
                try dieAfterPutting(hostRecord("only here"), into: path)
            }
            try move(path, to: path + ".replaced")
            #expect(throws: StoreError.self) { try SQLiteStore.restore(backup, to: path, replacing: false, at: now) }
            _ = try SQLiteStore.restore(backup, to: path, replacing: true, at: now)
            #expect(try hostNames(path) == ["tpu-1"])
        }
    }

    @Test func `a store that a coordinator has open is left to it`() async throws {
        try await withBackup { backup, folder in
            let path = folder + "/store.db"
            let store = try SQLiteStore(path: path)
            defer { store.close() }
            let before = try names(in: folder)
            await #expect(processExitsWith: .exitCode(7)) { [path = path as String, backup = backup as String] in
                let now = Timestamp(nanoseconds: 0)
                let check = #expect(throws: StoreError.self) { try SQLiteStore.check(path: path) }
                let restore = #expect(throws: StoreError.self) {
                    try SQLiteStore.restore(backup, to: path, replacing: true, at: now)
                }
                exit(check?.code == .inUse && restore?.code == .inUse ? 7 : 1)
            }
            try store.put(hostRecord("still here"))
            #expect(try names(in: folder) == before)
        }
    }

    @Test func `a damaged store can be replaced`() throws {
        try withBackup { backup, folder in
            let path = folder + "/store.db"
            try write([UInt8](repeating: 0xFF, count: 9000), to: path)
            let restoration = try SQLiteStore.restore(backup, to: path, replacing: true, at: now)
            #expect(restoration.replaced != nil)
            _ = try SQLiteStore.check(path: path)
        }
    }

    @Test func `what is no sound backup is refused, and the store stays`() throws {
        try withBackup { backup, folder in
            let path = folder + "/store.db"
            let (before, good) = (try bytes(of: path), try bytes(of: backup))
            func expectRefusal(_ code: StoreError.Code, at location: SourceLocation = #_sourceLocation) throws {
                let error = #expect(throws: StoreError.self, sourceLocation: location) {
                    try SQLiteStore.restore(backup, to: path, replacing: true, at: now)
                }
                #expect(error?.code == code, "\(error?.message ?? "")", sourceLocation: location)
                #expect(error?.message.hasPrefix(backup + ": ") == true, sourceLocation: location)
                #expect(try bytes(of: path) == before, sourceLocation: location)
                #expect(try names(in: folder).count { $0.hasPrefix("store.db") } == 1, sourceLocation: location)
            }
            try write(Array(good.dropLast(4096)), to: backup)
            try expectRefusal(.corrupt)
            try write([], to: backup)
            try expectRefusal(.foreign)
            try write(Array("not a backup".utf8), to: backup)
            try expectRefusal(.foreign)
            var newer = good
            newer[63] = UInt8(Schema.version + 1)
            try write(newer, to: backup)
            try expectRefusal(.newerRelease)
            try write(good, to: backup)
            try write([1], to: backup + "-wal")
            try expectRefusal(.inUse)
            try setPermissions(0o700, of: backup)
            try move(backup, to: folder + "/elsewhere")
            try expectRefusal(.cannotOpen)
        }
    }

    @Test func `a backup without an epoch, or at the end of epochs, is refused`() throws {
        for cluster in [nil, ClusterRecord(epoch: Epoch(.max - 1), jobIDPrefix: 1, nextJobNumber: 1, revision: 1)] {
            try withFolder { folder in
                try SQLiteStore(path: folder + "/store.db").closing { store in
                    if let cluster { try store.put(.cluster(cluster)) }
                    _ = try store.backup(to: folder + "/backup")
                }
                let error = #expect(throws: StoreError.self) {
                    try SQLiteStore.restore(folder + "/backup", to: folder + "/new.db", replacing: false, at: now)
                }
                #expect(error?.code == .corrupt)
                #expect(try names(in: folder) == ["backup", "store.db"])
            }
        }
    }

    private func hostNames(_ path: String) throws -> [String] {
        try SQLiteStore(path: path).closing { try $0.load() }.hosts.map(\.facts.host.name)
    }

    // MARK: Checking

    @Test func `checking reads the log of a crash, and changes neither it nor the store`() async throws {
        try await withFolder { folder in
            let path = folder + "/store.db"
            await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
                try dieAfterPutting(hostRecord("h"), into: path)
            }
            let (file, log) = (try bytes(of: path), try bytes(of: path + "-wal"))
            #expect(!log.isEmpty)
            #expect(try SQLiteStore.check(path: path).hosts == 1)
            #expect(try [bytes(of: path), bytes(of: path + "-wal")] == [file, log])
        }
    }

    @Test func `a backup is checked where nothing can be written beside it`() throws {
        try withBackup { backup, folder in
            let before = try names(in: folder)
            _ = try SQLiteStore.check(path: backup)
            #expect(try names(in: folder) == before)
        }
    }

    @Test func `checking finds records that a coordinator could not start with`() throws {
        try withFolder { folder in
            let path = folder + "/store.db"
            try SQLiteStore(path: path).closing { try $0.put(jobRecord(ObjectName(name: "orphan"))) }
            let error = #expect(throws: StoreError.self) { try SQLiteStore.check(path: path) }
            #expect(error?.code == .corrupt && error?.message.contains("orphan") == true)
        }
    }
}

extension SQLiteStore {
    fileprivate func closing<Value>(_ body: (SQLiteStore) throws -> Value) rethrows -> Value {
        defer { close() }
        return try body(self)
    }
}

/// Leaves a store that was not closed, with the record in its log.
private func dieAfterPutting(_ record: AtollCore.Record, into path: String) throws {
    let store = try SQLiteStore(path: path)
    try store.put(record)
    kill(getpid(), SIGKILL)
    store.close()
}

/// A closed store `store.db` of a coordinator's first life, with one JobSet and one host, and a backup of it.
private func withBackup(_ body: (_ backup: String, _ folder: String) throws -> Void) throws {
    try withFolder { folder in
        try makeBackup(in: folder)
        try body(folder + "/backup", folder)
    }
}

private func withBackup(_ body: (_ backup: String, _ folder: String) async throws -> Void) async throws {
    try await withFolder { folder in
        try makeBackup(in: folder)
        try await body(folder + "/backup", folder)
    }
}

private func makeBackup(in folder: String) throws {
    try SQLiteStore(path: folder + "/store.db").closing { store in
        try store.commit(try firstLife())
        try store.put(hostRecord("tpu-1"))
        _ = try store.backup(to: folder + "/backup")
    }
}

/// What a new coordinator keeps of a JobSet that it was given.
private func firstLife() throws -> [StoreChange] {
    let manifest = """
        {apiVersion: jobset.x-k8s.io/v1alpha2, kind: JobSet, metadata: {name: a}, spec: {replicatedJobs: [{name: w,
        template: {spec: {template: {spec: {containers: [{name: main, command: ["true"]}]}}}}}]}}
        """
    let jobSet = try #require(
        try JobSetManifest.parse(text: manifest, source: "-", defaultNamespace: "default").first?.jobSet
    )
    let application = JobSetApplication(jobSet: jobSet, manifest: manifest)
    var core = try CoordinatorCore(seed: 1)
    var effects = Effects()
    let now = Instant(uptime: 0, wall: Timestamp(nanoseconds: 0))
    let ticket = AdminTicket(session: SessionID(1), request: 1)
    core.handle(.admin(ticket, .apply([application], dryRun: false)), at: now, into: &effects)
    core.handle(.settle, at: now, into: &effects)
    return effects.persist
}
