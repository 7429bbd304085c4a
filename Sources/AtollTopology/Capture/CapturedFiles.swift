import AtollModel

/// The files of a capture, as a tree reads them.
struct CapturedFiles: TreeFiles {
    private let entries: [String: HostCapture.Entry]
    /// Names by folder, sorted bytewise.
    private let names: [String: [String]]
    let flaw: String?

    init(_ capture: HostCapture, flaw: String? = nil) {
        entries = capture.entries
        var names: [String: [String]] = [:]
        for (path, _) in capture.sortedEntries {
            let (folder, name) = Self.split(path)
            names[folder, default: []].append(name)
        }
        self.names = names
        self.flaw = flaw
    }

    var followsLinks: Bool { false }

    func bytes(at place: String, bytesMax: Int) -> Reading<[UInt8]> {
        switch entry(place) {
        case .value(.file(let bytes)): bytes.count < bytesMax ? .value(bytes) : .failed(SystemCalls.tooBig)
        case .value(.folder): .failed(SystemCalls.isFolder)
        case .value(.link): .failed(SystemCalls.tooManyLinks)
        case .value(.unreadable(let code)), .failed(let code): .failed(code)
        case .absent: .absent
        }
    }

    func names(at place: String, entriesMax: Int) -> Reading<[String]> {
        switch entry(place) {
        case .value(.folder): .value(Array((names[place] ?? []).prefix(entriesMax)))
        case .value(.unreadable(let code)), .failed(let code): .failed(code)
        case .value(.file), .value(.link), .absent: .absent
        }
    }

    func link(at place: String) -> Reading<String> {
        entry(place).flatMap { entry in
            if case .link(let target) = entry { .value(target) } else { .failed(SystemCalls.notALink) }
        }
    }

    /// A link at the place has been followed by the tree, as far as it goes.
    func exists(at place: String) -> Bool {
        switch entry(place) {
        case .value(.link), .absent, .failed: false
        case .value: true
        }
    }

    /// A capture keeps no times: what is in it does not age.
    func modified(at place: String) -> Reading<Timestamp> { .absent }

    /// What could not be looked into fails for everything below it.
    private func entry(_ place: String) -> Reading<HostCapture.Entry> {
        if place.isEmpty { return .value(.folder) }
        if let entry = entries[place] { return .value(entry) }
        guard case .unreadable(let code) = entries[Self.split(place).folder] else { return .absent }
        return .failed(code)
    }

    private static func split(_ path: String) -> (folder: String, name: String) {
        guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return ("", path) }
        return (String(path[..<slash]), String(path[path.utf8.index(after: slash)...]))
    }
}
