/// A file of `KEY=VALUE` lines (os-release(5), systemd's EnvironmentFile=) or of `KEY: 'value'` lines (the `tpu-env`
/// attribute of Google's metadata server). Quotes around a value are taken off, `#` lines and `export` are skipped.
struct EnvironmentFile {
    private var values: [String: String] = [:]

    init(_ text: String) {
        for line in text.lines() {
            var line = line.trimmed()[...]
            if line.hasPrefix("#") { continue }
            if line.hasPrefix("export ") { line = line.dropFirst(7) }
            guard let end = line.firstIndex(where: { $0 == "=" || $0 == ":" }) else { continue }
            let key = line[..<end].trimmed()
            if values[key] == nil { values[key] = Self.unquoted(line[line.index(after: end)...].trimmed()) }
        }
    }

    subscript(key: String) -> String? { values[key] }

    private static func unquoted(_ text: String) -> String {
        guard text.count >= 2, let quote = text.first, quote == text.last, quote == "'" || quote == "\"" else {
            return text
        }
        return String(text.dropFirst().dropLast())
    }
}
