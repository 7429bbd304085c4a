import AtollCore
import AtollModel
import AtollYAML
import Testing

@testable import AtollCoordinator

@Suite struct WatchTableTests {
    private let ticket = AdminTicket(session: SessionID(1), request: 7)

    private func object(_ name: String, state: String) -> YAMLNode {
        .map([
            ("kind", .string("Host")), ("metadata", .map([("name", .string(name))])),
            ("status", .map([("state", .string(state))])),
        ])
    }

    private func table(showing objects: [YAMLNode]) -> WatchTable {
        var table = WatchTable()
        let texts = objects.map { $0.jsonText(pretty: false) }
        table.add(ticket, AdminRequest.List(kind: .hosts, watch: true), shown: zip(objects.map(\.identity), texts))
        return table
    }

    private func changes(_ bodies: [AdminReply.Body]) -> [AdminReply.Change] {
        bodies.compactMap { if case .changed(let change, _, _) = $0 { change } else { nil } }
    }

    @Test func `nothing is said about what did not change`() {
        var table = table(showing: [object("a", state: "Ready")])
        #expect(table.refresh(0, with: [object("a", state: "Ready")], revision: 2).isEmpty)
    }

    @Test func `new, changed and missing objects are told apart`() {
        var table = table(showing: [object("a", state: "Ready"), object("b", state: "Ready")])
        let now = [object("a", state: "Offline"), object("c", state: "Ready")]
        #expect(changes(table.refresh(0, with: now, revision: 2)) == [.modified, .added, .deleted])
        #expect(table.refresh(0, with: now, revision: 3).isEmpty)
    }

    @Test func `a watch ends by its ticket or with its session`() {
        var table = table(showing: [])
        let other = AdminTicket(session: SessionID(1), request: 8)
        let found = table.remove(other)
        #expect(!found)
        table.remove(session: SessionID(2))
        #expect(!table.isEmpty)
        table.remove(session: SessionID(1))
        #expect(table.isEmpty)
    }
}
