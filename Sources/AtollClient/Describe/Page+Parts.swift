import AtollModel
import AtollYAML

/// Parts that several descriptions share.
extension Page {
    mutating func metadata(of object: YAMLNode, now: Timestamp) {
        field("Name", object.objectName)
        field("Namespace", object.objectNamespace)
        field("Labels", values: object.labels("metadata", "labels").map { "\($0)=\($1)" })
        field("Annotations", values: object.labels("metadata", "annotations").map { "\($0)=\($1)" })
        field("Created", object.time("metadata", "creationTimestamp")?.withAge(at: now))
        field("Deleted", object.time("metadata", "deletionTimestamp")?.withAge(at: now))
    }

    /// Jobs and where each of them is.
    static func jobTable(_ jobs: [YAMLNode], pods: [YAMLNode]) -> Table {
        let podsByJob = Dictionary(grouping: pods) { $0.jobKey }
        var table = Table([
            .init(title: "NAME"), .init(title: "STATE"), .init(title: "PODS", alignment: .right),
            .init(title: "RESTARTS", alignment: .right), .init(title: "ISLAND"), .init(title: "HOSTS"),
        ])
        for job in jobs {
            table.append([
                Cell(job.objectName), .state(job.text("status", "state")), Cell(job.podShare),
                Cell(job.text("status", "restartAttempt")), Cell(job.text("status", "island")),
                Cell(hosts(of: podsByJob[job.jobKey] ?? [])),
            ])
        }
        return table
    }

    static func podTable(_ pods: [YAMLNode], now: Timestamp) -> Table {
        var table = Table([
            .init(title: "NAME"), .init(title: "STATE"), .init(title: "HOST"), .init(title: "DEVICES"),
            .init(title: "EXIT", alignment: .right), .init(title: "AGE"),
        ])
        for pod in pods {
            let time = pod.time("status", "startTime") ?? pod.time("status", "finishTime")
            table.append([
                Cell(pod.objectName), .state(pod.podState), Cell(pod.text("spec", "nodeName")),
                Cell(pod.deviceRanges), Cell(pod.exit), Cell(time.map { Age.text(from: $0, to: now) }),
            ])
        }
        return table
    }

    static func hosts(of pods: [YAMLNode]) -> String? {
        let hosts = Set(pods.compactMap { $0.text("spec", "nodeName") })
        return hosts.isEmpty ? nil : NameRanges.folded(hosts)
    }

    mutating func events(_ events: [YAMLNode], now: Timestamp) {
        var table = Table(titles: ["AGE", "TYPE", "REASON", "MESSAGE"])
        for event in events {
            let age = event.time("lastTimestamp").map { Age.text(from: $0, to: now) }
            let count = event.number("count") ?? 1
            table.append([
                Cell(count > 1 ? "\(age ?? "") (x\(count))" : age), .state(event.text("type")),
                Cell(event.text("reason")), Cell(event.text("message")),
            ])
        }
        self.table("Events", table)
    }
}

extension YAMLNode {
    /// What the pods of one job have in common with it.
    fileprivate var jobKey: Labels { JobLabels.podSelector(ofJob: self) }
}
