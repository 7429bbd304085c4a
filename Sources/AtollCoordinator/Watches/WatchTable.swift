import AtollCore
import AtollModel
import AtollYAML

/// Lists that go on with every change.
///
/// Level-triggered: what a watcher was last shown is compared with what is there now, so changes that follow each
/// other quickly become one, and nothing has to be queued for a slow reader.
struct WatchTable {
    struct Watch {
        let ticket: AdminTicket
        let list: AdminRequest.List
        /// Object text by identity, as last sent.
        var shown: [String: String]
    }

    private(set) var watches: [Watch] = []

    var isEmpty: Bool { watches.isEmpty }

    mutating func add(_ ticket: AdminTicket, _ list: AdminRequest.List, shown: some Sequence<(String, String)>) {
        watches.append(Watch(ticket: ticket, list: list, shown: Dictionary(shown) { _, last in last }))
    }

    /// Returns whether there was one.
    mutating func remove(_ ticket: AdminTicket) -> Bool {
        let count = watches.count
        watches.removeAll { $0.ticket == ticket }
        return watches.count < count
    }

    mutating func remove(session: SessionID) { watches.removeAll { $0.ticket.session == session } }

    /// What one watcher has to be told, in the order of the list, what is gone last.
    mutating func refresh(_ index: Int, with objects: [YAMLNode], revision: UInt64) -> [AdminReply.Body] {
        var replies: [AdminReply.Body] = []
        var now: [String: String] = [:]
        for object in objects {
            let text = object.jsonText(pretty: false)
            let identity = object.identity
            now[identity] = text
            let before = watches[index].shown[identity]
            guard before != text else { continue }
            replies.append(.changed(before == nil ? .added : .modified, object: text, resourceVersion: revision))
        }
        let gone = watches[index].shown.keys.filter { now[$0] == nil }.sorted()
        for identity in gone {
            let text = watches[index].shown[identity] ?? ""
            replies.append(.changed(.deleted, object: text, resourceVersion: revision))
        }
        watches[index].shown = now
        return replies
    }
}

extension YAMLNode {
    /// What tells an object from others of its kind.
    var identity: String {
        let metadata = self["metadata"]
        let parts = [metadata?["namespace"], metadata?["name"], self["status"]?["topologyKey"]]
        // Events have no name of their own; the time of the last is what may change.
        let event = self["kind"]?.string == "Event" ? [self["reason"], self["message"]] : []
        return (parts + event).map { $0?.scalarText ?? "" }.joined(separator: "\u{0}")
    }
}
