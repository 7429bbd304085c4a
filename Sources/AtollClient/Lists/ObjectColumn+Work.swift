import AtollModel
import AtollYAML

/// Columns of what users run.
extension ObjectColumn {
    static let jobSets = [
        name,
        ObjectColumn(title: "STATE") { object, _ in .state(JobSetState(of: object).rawValue) },
        number("READY") { "\($0.podsReady)/\($0.number("status", "pods", "total") ?? 0)" },
        number("RESTARTS") { $0.text("status", "restarts") },
        age,
        ObjectColumn(title: "ISLANDS", isShortened: true) { object, _ in Cell(object.islandsOrReason) },
    ]

    static let jobs = [
        name, state,
        number("PODS") { $0.podShare },
        number("RESTARTS") { $0.text("status", "restartAttempt") },
        text("ISLAND", "status", "island"),
        age,
        text("KEY", isWide: true, "status", "topologyKey"),
    ]

    static let pods = [
        name,
        ObjectColumn(title: "STATE") { object, _ in .state(object.podState) },
        text("HOST", "spec", "nodeName"),
        text("ISLAND", "status", "island"),
        text("IP", isWide: true, "status", "podIP"),
        ObjectColumn(title: "DEVICES") { object, _ in Cell(object.deviceRanges) },
        number("EXIT") { $0.exit },
        number("RESTARTS", isWide: true) { $0.text("status", "restarts") },
        age,
    ]

    static let volumeClaims = [
        name,
        ObjectColumn(title: "STATE") { object, _ in .state(object.text("status", "phase")) },
        ObjectColumn(title: "RETENTION") { object, _ in
            Cell(object["metadata"].map { $0["ownerReferences"] == nil ? "Retain" : "Delete" })
        },
        age,
        ObjectColumn(title: "USED BY") { object, _ in Cell(NameRanges.folded(object.texts("status", "usedBy"))) },
        ObjectColumn(title: "LEFT ON", isShortened: true) { object, _ in
            Cell(NameRanges.folded(object.texts("status", "awaitedHosts")))
        },
    ]

    static let events = [
        ObjectColumn(title: "AGE") { object, context in Cell(context.age(object.time("lastTimestamp"))) },
        ObjectColumn(title: "TYPE") { object, _ in .state(object.text("type")) },
        text("REASON", "reason"),
        ObjectColumn(title: "OBJECT") { object, _ in Cell(object.regarding) },
        number("COUNT", isWide: true) { $0.text("count") },
        // Never shortened: the message is what people come for.
        text("MESSAGE", "message"),
    ]
}

extension YAMLNode {
    /// `slice-[1-4]`, or in parentheses why the JobSet waits.
    fileprivate var islandsOrReason: String? {
        if text("status", "placement", "state") == "Waiting", let reason = text("status", "placement", "reason") {
            return "(\(reason))"
        }
        let islands = texts("status", "placement", "islands")
        return islands.isEmpty ? nil : NameRanges.folded(islands)
    }

    /// A job's pods that are ready or have succeeded, of all that it wants.
    var podShare: String? {
        guard let total = number("spec", "completions") ?? number("spec", "parallelism") else { return nil }
        return "\((number("status", "ready") ?? 0) + (number("status", "succeeded") ?? 0))/\(total)"
    }

    /// A pod's phase, or `NotReady` while it runs and is not.
    var podState: String? {
        let isUnready = nodes("status", "conditions").contains {
            $0.text("type") == "Ready" && $0.text("status") == "False"
        }
        return isUnready ? "NotReady" : phase
    }

    /// A pod's devices as ranges of their numbers on the host.
    var deviceRanges: String? {
        let devices = nodes("spec", "devices").compactMap(\.int)
        return devices.isEmpty ? nil : NameRanges.folded(devices.sorted())
    }

    /// A pod's exit code, or why there is none although it ended.
    var exit: String? { text("status", "exitCode") ?? text("status", "reason") }

    /// `jobset/multislice`
    var regarding: String? {
        guard let kind = text("regarding", "kind"), let name = text("regarding", "name") else { return nil }
        return "\(kind.lowercased())/\(name)"
    }
}
