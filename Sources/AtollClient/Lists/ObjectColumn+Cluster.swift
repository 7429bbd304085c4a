import AtollModel
import AtollYAML

/// Columns of what the cluster consists of.
extension ObjectColumn {
    static let hosts = [
        name, state,
        number("DEVICES") { $0.share("freeDevices", of: "devices") },
        text("MODEL", "status", "accelerator"),
        ObjectColumn(title: "ISLAND") { object, context in
            Cell(context.islandsByHost[object.objectName]?.joined(separator: ","))
        },
        job,
        ObjectColumn(title: "FINDINGS", isShortened: true) { object, _ in .findings(object.findingCounts) },
        text("ADDRESS", isWide: true, "status", "address"),
        number("CPUS", isWide: true) { $0.text("status", "cpus") },
        text("KERNEL", isWide: true, "status", "kernel"),
        text("AGENT", isWide: true, "status", "agentVersion"),
        ObjectColumn(title: "HEARD", isWide: true) { object, context in
            Cell(context.age(object.time("status", "lastHeard")))
        },
        text("POD LEASE", isWide: true, "status", "podLease"),
    ]

    static let islands = [
        ObjectColumn(title: "ISLAND") { object, _ in Cell(object.objectName) },
        ObjectColumn(title: "KEY") { object, _ in Cell(object.text("status", "topologyKey").map(shortKey)) },
        number("HOSTS") { $0.share("readyHosts", of: "hosts") },
        number("DEVICES") { $0.share("freeDevices", of: "devices") },
        state,
        text("MODEL", isWide: true, "status", "accelerator"),
        job,
        ObjectColumn(title: "HOST NAMES", isWide: true) { object, _ in
            Cell(NameRanges.folded(object.texts("status", "hostNames")))
        },
    ]

    static let devices = [
        name, state,
        text("MODEL", "status", "model"),
        number("NUMA") { $0.text("status", "numaNode") },
        text("POD", "status", "pod"),
        text("VENDOR", isWide: true, "status", "vendor"),
        text("PCI", isWide: true, "status", "pci"),
        text("DRIVER", isWide: true, "status", "driver"),
        text("ID", isWide: true, "status", "uniqueID"),
    ]

    private static let job = ObjectColumn(title: "JOB") { object, _ in
        Cell(object.text("status", "claimedBy").map(shortJob))
    }

    /// `workers-0` for `default/workers-0`; a job in another namespace keeps it.
    private static func shortJob(_ job: String) -> String {
        job.hasPrefix("default/") ? String(job.dropFirst("default/".count)) : job
    }

    /// The part of a topology key after its domain.
    static func shortKey(_ key: String) -> String { key.split(separator: "/").last.map(String.init) ?? key }
}

/// The line under a list of islands.
enum IslandSummary {
    /// `4 islands: 1 claimed, 3 free; largest free: 16 devices (tpu4)`
    static func text(of islands: [YAMLNode]) -> String {
        let states = ["Claimed", "InUse", "Blocked", "Degraded", "Free"].compactMap { state in
            let count = islands.count { $0.text("status", "state") == state }
            return count == 0 ? nil : "\(count) \(state == "InUse" ? "in use" : state.lowercased())"
        }
        var text = counted(islands.count, "island")
        if !states.isEmpty { text += ": " + states.joined(separator: ", ") }
        let free = islands.filter { $0.text("status", "state") == "Free" }
        // The first of the largest, in the order of the list.
        let largest = free.reduce(free.first) { best, island in
            island.deviceCount > best?.deviceCount ?? 0 ? island : best
        }
        if let largest { text += "; largest free: \(counted(largest.deviceCount, "device")) (\(largest.objectName))" }
        return text
    }
}

extension YAMLNode {
    var deviceCount: Int { number("status", "devices") ?? 0 }
}

/// `1 host`, `2 hosts`
func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }
