/// The looks of one reading at a tree: where its folders really are, and what an earlier reading has left.
///
/// Links are followed by hand inside a root that is not the whole host, each once. Between this and an open another
/// process could swap a component; opening with `O_NOFOLLOW` then fails instead of leaving the root by the last one.
final class TreeWalk {
    /// As in the kernel (`MAXSYMLINKS`, path_resolution(7)).
    private static let linksMax = 40
    /// So many descriptors a reading may hold: enough for the functions of a big host, a quarter of what a process may
    /// have open by default.
    private static let foldersMax = 256

    let files: any TreeFiles
    /// Files opened, folders listed, links and folders looked at, other than for resolving links.
    var looks = 0
    /// Paths with every link in them followed, by the paths as they were asked for; both are relative to the root.
    private var resolved: [String: Reading<String>] = ["": .value("")]
    /// Open: a device's folder is come back to.
    private var folders: [String: any TreeFolder] = [:]
    private let before: TreeMemory
    /// What this reading has seen or confirmed; nil when nothing is remembered.
    private(set) var memory: TreeMemory?

    init(_ files: any TreeFiles, memory: TreeMemory?) {
        self.files = files
        before = memory ?? TreeMemory()
        self.memory = memory.map { _ in TreeMemory() }
    }

    /// The place of a path, its links followed as far as the files do not follow them by themselves.
    func place(_ path: String) -> Reading<String> { files.followsLinks ? .value(path) : resolve(path) }

    /// A folder to look into, which stays open.
    func folder(_ path: String) -> Reading<any TreeFolder> {
        if let known = folders[path] { return .value(known) }
        return place(path).flatMap(files.folder).map { folder in
            if folders.count == Self.foldersMax { folders.removeAll(keepingCapacity: true) }
            folders[path] = folder
            return folder
        }
    }

    /// The path with every link in it followed, from the root.
    func resolve(_ path: String) -> Reading<String> {
        if let known = resolved[path] { return known }
        var links = 0
        let result = follow(path[...], from: "", &links)
        resolved[path] = result
        return result
    }

    /// - Parameter start: a path without links.
    private func follow(_ path: Substring, from start: String, _ links: inout Int) -> Reading<String> {
        var place = path.hasPrefix("/") ? "" : start
        for name in path.parts(UInt8(ascii: "/")) where name != "." {
            if name == ".." {
                place = Self.split(place).folder
                continue
            }
            switch step(into: name, from: place, &links) {
            case .value(let next): place = next
            case .absent: return .absent
            case .failed(let code): return .failed(code)
            }
        }
        return .value(place)
    }

    private func step(into name: Substring, from place: String, _ links: inout Int) -> Reading<String> {
        let path = place.isEmpty ? String(name) : place + "/" + name
        if let known = resolved[path] { return known }
        let result: Reading<String>
        switch files.link(at: path) {
        case .value(let target):
            links += 1
            // Not remembered: what is too long from here may be short enough from further along.
            if links > Self.linksMax { return .failed(SystemCalls.tooManyLinks) }
            result = follow(target[...], from: place, &links)
        case .failed(SystemCalls.notALink): result = .value(path)
        case .absent: result = .absent
        case .failed(let code): result = .failed(code)
        }
        resolved[path] = result
        return result
    }

    /// A path's last component, and what is before it.
    static func split(_ path: String) -> (folder: String, name: String) {
        guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return ("", path) }
        return (String(path[..<slash]), String(path[path.utf8.index(after: slash)...]))
    }
}

extension TreeWalk {
    /// The text of an attribute or a link, from memory if it is one that lasts.
    func lasting(_ path: String, _ read: () -> Reading<String>) -> Reading<String> {
        guard memory != nil else { return read() }
        let (folder, name) = Self.split(path)
        // A function's entry in the list of all functions leads to the same place while that is the same folder.
        if folder == PCIFunction.devicesFolder { return confirm(path) ? remembered("", of: path, read) : read() }
        let kind = LastingAttribute.kind(of: name, in: folder)
        guard kind != .changing, confirm(folder) else { return read() }
        if kind == .identity, let driver = memory?.folders[folder]?.identity.driver, !driver.isEmpty {
            return .value(driver)
        }
        return remembered(name, of: folder, read)
    }

    private func remembered(_ name: String, of folder: String, _ read: () -> Reading<String>) -> Reading<String> {
        if let text = memory?.folders[folder]?.texts[name] { return text.map { .value($0) } ?? .absent }
        let reading = read()
        switch reading {
        case .value(let text): memory?.folders[folder]?.texts[name] = .some(text)
        case .absent where LastingAttribute.isAbsentForGood(name): memory?.folders[folder]?.texts[name] = .some(nil)
        case .absent, .failed: break
        }
        return reading
    }

    /// A value of `remember`, if the folder is the same one and the stamp too.
    func known(_ folder: String, stamp: String) -> (any Sendable)? {
        guard memory != nil, confirm(folder), let known = memory?.folders[folder]?.value, known.stamp == stamp
        else { return nil }
        return known.value
    }

    func remember(_ value: some Sendable, of folder: String, stamp: String) {
        guard memory != nil, confirm(folder) else { return }
        memory?.folders[folder]?.value = (stamp, value)
    }

    /// Takes over what is known of a folder if it is still the one that it was, once in a reading.
    ///
    /// - Returns: false when the folder cannot be looked at.
    private func confirm(_ folder: String) -> Bool {
        if memory?.folders[folder] != nil { return true }
        looks += 1
        guard let identity = self.folder(folder).flatMap({ $0.identity }).value else { return false }
        let known = before.folders[folder]
        memory?.folders[folder] = known?.identity == identity ? known : TreeMemory.Folder(identity: identity)
        return true
    }
}
