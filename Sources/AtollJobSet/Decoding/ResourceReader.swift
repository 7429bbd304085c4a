import AtollModel
import AtollYAML

/// Reads a container's `resources`: devices by resource name, and the rest, which nothing enforces here.
struct ResourceReader {
    private(set) var devices: SortedMap<String, UInt32> = [:]
    /// `resources` without the devices; empty if there is nothing else.
    private(set) var ignored: [YAMLPair] = []
    private let node: YAMLNode
    private let path: FieldPath

    init(_ node: YAMLNode, at path: FieldPath) {
        self.node = node
        self.path = path
    }

    mutating func read(_ findings: inout Findings) {
        let limits = read("limits", &findings)
        let requests = read("requests", &findings)
        for (name, requested) in requests where requested != limits[name] {
            // The Job API says so too: a device is held whole or not at all.
            let limit = limits[name].map(String.init) ?? "none"
            let here = path.field("requests").key(name)
            findings.refuse(here, "Invalid value: \(requested): must be equal to the \(name) limit of \(limit)")
        }
        devices = SortedMap(limits.filter { $0.1 > 0 })
        let rest = ["limits", "requests"].map { ($0, notEnforced($0)) }
        if rest.contains(where: { $0.1 != nil }) { ignored = [YAMLPair(key: "resources", value: .map(rest))] }
    }

    private func read(_ list: String, _ findings: inout Findings) -> SortedMap<String, UInt32> {
        var counts: SortedMap<String, UInt32> = [:]
        for pair in node.value(list)?.pairs ?? [] {
            let here = path.field(list).key(pair.key)
            if Self.isNative(pair.key) {
                findings.ignore(here, "not enforced: processes share the host")
            } else if AcceleratorVendor(resourceName: pair.key) == nil {
                let known = AcceleratorVendor.allCases.map(\.resourceName).joined(separator: ", ")
                findings.refuse(here, "unknown resource; hosts offer \(known)")
            } else if let text = pair.value.scalarText, let count = UInt32(text) {
                counts[pair.key] = count
            } else {
                let text = pair.value.scalarText ?? ""
                findings.refuse(here, value: text, "devices are counted in whole numbers from 0, such as 4")
            }
        }
        return counts
    }

    private func notEnforced(_ list: String) -> YAMLNode? {
        let pairs = (node.value(list)?.pairs ?? []).filter { Self.isNative($0.key) }
        return pairs.isEmpty ? nil : YAMLNode.object([], and: pairs).unmarked
    }

    private static func isNative(_ name: String) -> Bool {
        ["cpu", "memory", "ephemeral-storage"].contains(name) || name.hasPrefix("hugepages-")
    }
}
