extension HostCapture {
    /// The same host with other names for what identifies it: serial numbers, UUIDs, GUIDs, hardware addresses, the
    /// host's name and its machine id. What is equal stays equal, and the form stays, so that it is read as before.
    ///
    /// The names are the same in every capture of a host, and follow from its machine id, which is not in there; a host
    /// without one has names that can be guessed at. Asset tags, firmware versions and the labels of the agent's
    /// configuration are no identities here, and stay. Files that are not text are left out.
    public var anonymous: HostCapture {
        let veil = Veil(self)
        var capture = HostCapture()
        for (path, entry) in sortedEntries { capture.add(veil.entry(entry, at: path), at: veil.path(path)) }
        return capture
    }

    /// The text of a file, without white space around it; empty where it is none.
    fileprivate func text(_ path: String) -> String {
        guard case .file(let bytes) = entries[path] else { return "" }
        return String(decoding: bytes, as: UTF8.self).trimmed()
    }
}

/// What is hidden of one host, and how.
private struct Veil {
    private let names: Pseudonyms
    /// The host's name, and the part before its domain, where they are long enough to be nothing else.
    private let hostNames: [String]

    init(_ capture: HostCapture) {
        let identity = capture.text("etc/machine-id")
        let seed = identity.isEmpty ? capture.text("proc/sys/kernel/random/boot_id") : identity
        let digits = seed.filter { $0 != "-" }
        names = Pseudonyms(
            key: SipHash.Key(
                low: UInt64(digits.prefix(16), radix: 16) ?? 0,
                high: UInt64(digits.dropFirst(16), radix: 16) ?? 0
            )
        )
        let hosts = ["proc/sys/kernel/hostname", "etc/hostname"].map(capture.text)
        let short = hosts.map { String($0.prefix { $0 != "." }) }
        hostNames = Set(hosts + short).filter { $0.utf8.count >= 3 && $0 != "localhost" }.sorted { $0.count > $1.count }
    }

    /// Files that hold one identity and nothing else, by name.
    private static let identityFiles: Set<String> = [
        "hostname", "machine-id", "serial_number", "product_serial", "board_serial", "chassis_serial", "serial",
        "fru_id",
    ]
    /// The same, with a number in hexadecimal.
    private static let hexadecimalFiles: Set<String> = [
        "unique_id", "server_id_2", "server_id_4", "server_id", "nic_addr", "product_uuid",
    ]
    private static let decimalFiles: Set<String> = ["xgmi_hive_id"]
    /// Keys of KFD's `properties` with a decimal number.
    private static let decimalKeys: Set<Substring> = ["unique_id", "hive_id"]

    func entry(_ entry: HostCapture.Entry, at path: String) -> HostCapture.Entry {
        switch entry {
        case .folder, .unreadable: entry
        case .link(let target): .link(self.path(target))
        case .file(let bytes): content(bytes, of: path.split(separator: "/").last.map(String.init) ?? "")
        }
    }

    /// A path or a link's target. The host's name is not looked for: it may be a word that paths have.
    func path(_ path: String) -> String { IdentityText.replacing(in: path, names.digits) }

    /// Identities in running text.
    private func text(_ text: String) -> String {
        var text = IdentityText.replacing(in: text, names.digits)
        for name in hostNames where text.contains(name) { text = replacing(name, in: text) }
        return text
    }

    private func content(_ bytes: [UInt8], of name: String) -> HostCapture.Entry {
        guard let text = String(validating: bytes, as: UTF8.self) else { return .notRead }
        let isNothing = LabelValue.isPlaceholder(text)
        let other =
            switch name {
            case _ where isNothing: text
            case _ where Self.identityFiles.contains(name): names.words(text)
            case _ where Self.hexadecimalFiles.contains(name): names.hexadecimal(text)
            case _ where Self.decimalFiles.contains(name): decimal(text)
            case "properties": properties(text)
            default: self.text(text)
            }
        return .file(Array(other.utf8))
    }

    private func decimal(_ text: String) -> String {
        let digits = text.trimmed()
        guard let number = UInt64(digits) else { return text }
        return text.replacing(digits, with: "\(names.number(number))")
    }

    private func properties(_ text: String) -> String {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line -> String in
            guard let key = line.split(separator: " ").first, Self.decimalKeys.contains(key) else {
                return self.text(String(line))
            }
            return "\(key) \(decimal(String(line.dropFirst(key.count + 1))))"
        }
        return lines.joined(separator: "\n")
    }

    /// Where it is a word of its own.
    private func replacing(_ name: String, in text: String) -> String {
        var result = ""
        var rest = text[...]
        while let range = rest.firstRange(of: name) {
            let before = rest[..<range.lowerBound].utf8.last ?? result.utf8.last
            let after = rest[range.upperBound...].utf8.first
            let isWord = !Self.isPartOfWord(before) && !Self.isPartOfWord(after)
            result += rest[..<range.lowerBound] + (isWord ? names.words(name) : name)
            rest = rest[range.upperBound...]
        }
        return result + rest
    }

    private static func isPartOfWord(_ byte: UInt8?) -> Bool { byte.map { $0.isLetterOrDigit || $0 == 0x5f } ?? false }
}

extension Pseudonyms {
    /// Hexadecimal digits after an optional `0x`.
    fileprivate func hexadecimal(_ text: String) -> String {
        text.hasPrefix("0x") ? "0x" + digits(String(text.dropFirst(2))) : digits(text)
    }
}
