/// The fields of a pod that an environment variable can be taken from. Source: v1 EnvVarSource.
enum DownwardField {
    static let plain = [
        "metadata.name", "metadata.namespace", "metadata.uid", "spec.nodeName", "status.hostIP", "status.hostIPs",
        "status.podIP", "status.podIPs",
    ]

    static let list = (plain + ["metadata.labels['<key>']", "metadata.annotations['<key>']"])
        .map { "\"\($0)\"" }.joined(separator: ", ")

    static func isKnown(_ path: String) -> Bool {
        if plain.contains(path) { return true }
        for prefix in ["metadata.labels['", "metadata.annotations['"] where path.hasPrefix(prefix) {
            guard path.hasSuffix("']"), path.utf8.count >= prefix.utf8.count + 2 else { return false }
            let key = String(path.dropFirst(prefix.count).dropLast(2))
            return NameRules.qualifiedName(key.lowercased()).isEmpty
        }
        return false
    }
}
