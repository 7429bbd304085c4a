import AtollCore
import AtollStore
import Foundation
import GRDB

@testable import AtollStoreSQLite

/// What the shared suite runs against.
enum Backend: CaseIterable {
    case memory, sqlite

    func withStore(_ body: (any Store) throws -> Void) throws {
        switch self {
        case .memory: try body(MemoryStore())
        case .sqlite:
            try withFolder { folder in
                let store = try SQLiteStore(path: folder + "/store.db")
                defer { store.close() }
                try body(store)
            }
        }
    }
}

/// Runs `body` with a new folder, which is removed afterwards.
func withFolder(_ body: (String) throws -> Void) throws {
    let folder = try makeFolder()
    defer { remove(folder) }
    try body(folder)
}

func withFolder(_ body: (String) async throws -> Void) async throws {
    let folder = try makeFolder()
    defer { remove(folder) }
    try await body(folder)
}

private func makeFolder() throws -> String {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("atoll-store-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
    return folder.path
}

private func remove(_ folder: String) {
    try? FileManager.default.removeItem(atPath: folder)  // What stays behind harms no other test.
}

func makeFolder(_ path: String) throws {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
}

func names(in folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
}

func move(_ path: String, to other: String) throws { try FileManager.default.moveItem(atPath: path, toPath: other) }

func bytes(of path: String) throws -> [UInt8] { [UInt8](try Data(contentsOf: URL(fileURLWithPath: path))) }

func write(_ bytes: [UInt8], to path: String) throws {
    try Data(bytes).write(to: URL(fileURLWithPath: path))
}

func permissions(of path: String) throws -> Int? {
    try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
}

func setPermissions(_ mode: Int, of path: String) throws {
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
}

extension Store {
    func put(_ records: AtollCore.Record...) throws { try commit(records.map { .put($0) }) }
}

extension SQLiteStore {
    func execute(_ sql: String) throws {
        try withDatabase { try $0.writeWithoutTransaction { try $0.execute(sql: sql) } }
    }

    func pragma(_ name: String) throws -> String? {
        try withDatabase { try $0.read { try String.fetchOne($0, sql: "PRAGMA \(name)") } }
    }
}
