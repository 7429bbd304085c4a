public import AtollModel
public import AtollYAML

extension Page {
    /// A JobSet with its jobs, pods and events.
    public static func jobSet(
        _ object: YAMLNode,
        jobs: [YAMLNode],
        pods: [YAMLNode],
        events: [YAMLNode],
        now: Timestamp
    ) -> Page {
        var page = Page()
        page.metadata(of: object, now: now)
        page.field("State", cell: .state(JobSetState(of: object).rawValue))
        page.placement(of: object, now: now)
        page.field("Pods", object.podCounts)
        page.field("Restarts", object.restarts)
        page.conditions(of: object, now: now)
        page.table("Jobs", jobTable(jobs, pods: pods))
        page.table("Pods", podTable(pods, now: now))
        page.events(events, now: now)
        return page
    }

    /// A job with its pods and the events of its JobSet that name it.
    public static func job(_ object: YAMLNode, pods: [YAMLNode], events: [YAMLNode], now: Timestamp) -> Page {
        var page = Page()
        page.metadata(of: object, now: now)
        page.field("JobSet", object.text("metadata", "labels", JobLabels.jobSetName))
        page.field("State", cell: .state(object.text("status", "state")))
        page.field("Reason", object.text("status", "reason"))
        page.field("Message", object.text("status", "message"))
        page.field("Island", object.island)
        page.field("Hosts", hosts(of: pods))
        page.field("Pods", object.podShare.map { "\($0) ready" })
        page.field("Restarts", object.text("status", "restartAttempt"))
        page.table("Pods", podTable(pods, now: now))
        page.events(events.filter { $0.mentions(object.objectName) }, now: now)
        return page
    }

    /// A pod and the events of its JobSet that name it.
    public static func pod(_ object: YAMLNode, events: [YAMLNode], now: Timestamp) -> Page {
        var page = Page()
        page.metadata(of: object, now: now)
        page.field("JobSet", object.text("metadata", "labels", JobLabels.jobSetName))
        page.field("State", cell: .state(object.text("status", "phase")))
        page.field("Reason", object.text("status", "reason"))
        page.field("Message", object.text("status", "message"))
        page.field("Exit code", object.text("status", "exitCode"))
        page.field("Started", object.time("status", "startTime")?.withAge(at: now))
        page.field("Ended", object.time("status", "finishTime")?.withAge(at: now))
        page.field("Restarts", object.text("status", "restarts"))
        page.field("Host", object.text("spec", "nodeName"))
        page.field("Address", object.text("status", "podIP"))
        page.field("Island", object.text("status", "island"))
        page.field("Devices", object.deviceRanges)
        page.field("Hostname", object.fullHostname)
        page.events(events.filter { $0.mentions(object.objectName) }, now: now)
        return page
    }

    private mutating func placement(of object: YAMLNode, now: Timestamp) {
        let placement = object["status"]?["placement"]
        field("Waits for", placement?.text("reason"))
        field("Waits since", placement?.time("since")?.withAge(at: now))
        let islands = placement?.texts("islands") ?? []
        let released = placement?.text("state") == "Released" ? " (released)" : ""
        field("Islands", islands.isEmpty ? nil : NameRanges.folded(islands) + released)
    }

    private mutating func conditions(of object: YAMLNode, now: Timestamp) {
        var table = Table(titles: ["TYPE", "STATUS", "REASON", "AGE", "MESSAGE"])
        for condition in JobSetCondition.all(of: object) {
            let age = condition.node.time("lastTransitionTime").map { Age.text(from: $0, to: now) }
            let cells = [condition.type, condition.holds ? "True" : "False", condition.reason, age, condition.message]
            table.append(cells.map { Cell($0) })
        }
        self.table("Conditions", table)
    }
}

/// Labels that tie jobs and pods together. Source: `api/jobset/v1alpha2/jobset_types.go` of JobSet.
public enum JobLabels {
    public static let jobSetName = "jobset.sigs.k8s.io/jobset-name"
    static let replicatedJobName = "jobset.sigs.k8s.io/replicatedjob-name"
    static let jobIndex = "jobset.sigs.k8s.io/job-index"

    /// The labels that select the pods of a job.
    public static func podSelector(ofJob job: YAMLNode) -> Labels {
        let labels = job.labels("metadata", "labels")
        return Labels([jobSetName, replicatedJobName, jobIndex].compactMap { key in labels[key].map { (key, $0) } })
    }

    /// The JobSet that a job or pod belongs to.
    public static func jobSet(of object: YAMLNode) -> String? { object.text("metadata", "labels", jobSetName) }
}

extension YAMLNode {
    fileprivate var podCounts: String? {
        guard let total = number("status", "pods", "total") else { return nil }
        let parts = ["ready", "active", "succeeded", "failed"].compactMap { state in
            number("status", "pods", state).map { "\($0) \(state)" }
        }
        return ([String(total) + " in all"] + parts).joined(separator: ", ")
    }

    fileprivate var restarts: String? {
        guard let restarts = text("status", "restarts") else { return nil }
        guard let max = text("spec", "failurePolicy", "maxRestarts") else { return restarts }
        let inPlace = number("status", "currentInPlaceRestartAttempt").flatMap { $0 > 0 ? ", and \($0) in place" : nil }
        return "\(restarts) of at most \(max)\(inPlace ?? "")"
    }

    fileprivate var island: String? {
        guard let island = text("status", "island") else { return nil }
        return text("status", "topologyKey").map { "\(island) (\($0))" } ?? island
    }

    fileprivate var fullHostname: String? {
        guard let hostname = text("spec", "hostname") else { return nil }
        return text("spec", "subdomain").map { "\(hostname).\($0)" } ?? hostname
    }

    /// True for an event whose message has the name as a word of its own.
    fileprivate func mentions(_ name: String) -> Bool {
        if text("regarding", "name") == name { return true }
        let words = (text("message") ?? "").split { !($0.isLetter || $0.isNumber || $0 == "-" || $0 == ".") }
        return words.contains { $0 == name }
    }
}
