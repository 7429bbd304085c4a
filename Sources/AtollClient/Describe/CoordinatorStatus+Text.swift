public import AtollModel
public import AtollYAML

extension Page {
    public static func status(_ status: CoordinatorStatus) -> Page {
        let store = status.store
        var page = Page()
        page.field("Version", status.software)
        page.field("Epoch", "\(status.epoch)")
        page.field("Uptime", Age.text(seconds: status.uptime.components.seconds))
        page.field("Hosts", "\(status.hostsReady) of \(status.hosts) ready")
        if !status.findings.isEmpty { page.field("Findings", cell: .findings(status.findings)) }
        page.field("JobSets", status.jobSetText)
        page.field("Store", "\(store.bytes) bytes")
        page.field(
            "Commits",
            "\(store.commits), the largest of \(store.batchMax) change\(store.batchMax == 1 ? "" : "s")"
        )
        if store.commits > 0 {
            page.field(
                "Latency",
                "half within \(milliseconds(store.latencyMedian)), 99 % within \(milliseconds(store.latencyP99)), "
                    + "slowest \(milliseconds(store.latencyMax)), last \(milliseconds(store.latencyLast))"
            )
        }
        return page
    }

    private static func milliseconds(_ duration: Duration) -> String { "\(duration.millisecondsText) ms" }
}

extension CoordinatorStatus {
    /// For machines: the same facts under Kubernetes-like names; durations are in seconds or milliseconds, as named.
    public var node: YAMLNode {
        .map([
            ("apiVersion", .string("atoll.dev/v1alpha1")), ("kind", .string("CoordinatorStatus")),
            ("version", .string(software)), ("epoch", .int(epoch.rawValue)),
            ("uptimeSeconds", .int(uptime.components.seconds)),
            ("hosts", .map([("total", .int(hosts)), ("ready", .int(hostsReady))])),
            ("findings", .map(Finding.Severity.allCases.reversed().map { ($0.rawValue, .int(findings[$0])) })),
            ("jobSets", .map(jobSets.map { ($0.state.rawValue, .int($0.count)) })), ("store", store.node),
        ])
    }

    /// `201: 1 Waiting, 200 Running`
    fileprivate var jobSetText: String {
        let total = jobSets.reduce(UInt64(0)) { $0.addingReportingOverflow($1.count).partialValue }
        return jobSets.isEmpty
            ? "0" : "\(total): " + jobSets.map { "\($0.count) \($0.state.rawValue)" }.joined(separator: ", ")
    }
}

extension StoreStatus {
    fileprivate var node: YAMLNode {
        func milliseconds(_ duration: Duration) -> YAMLNode {
            YAMLNode(.scalar(duration.millisecondsText, isPlain: true))
        }
        return .map([
            ("bytes", .int(bytes)), ("commits", .int(commits)), ("largestBatch", .int(batchMax)),
            (
                "commitMilliseconds",
                .map([
                    ("median", milliseconds(latencyMedian)), ("p99", milliseconds(latencyP99)),
                    ("max", milliseconds(latencyMax)), ("last", milliseconds(latencyLast)),
                ])
            ),
        ])
    }
}

extension Duration {
    /// With one decimal where it is not whole: `0.9`, `20`.
    fileprivate var millisecondsText: String {
        let tenths = nanoseconds / 100_000
        return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
    }
}
