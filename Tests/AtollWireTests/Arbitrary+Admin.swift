import AtollModel
import AtollWire

extension Arbitrary {
    mutating func request() -> AdminRequest {
        let kind = one(of: ObjectKind.allCases)
        let calls: [AdminRequest.Call] = [
            .apply(.init(manifest: text(), source: text(), namespace: text(), dryRun: bool())),
            .list(
                .init(
                    kind: kind,
                    namespace: maybe { $0.text() },
                    names: list { $0.text() },
                    labels: labels(),
                    watch: bool(),
                    whole: bool()
                )
            ),
            .delete(.init(kind: kind, name: objectName())),
            .logs(.init(kind: kind, name: objectName(), follow: bool(), lastLines: maybe { $0.number() })),
            .cancel(request: number()), .backup(path: text()), .status,
            .host(HostID(text()), HostOrder(one(of: HostOrder.Verb.allCases), reason: text())),
            .topology(HostID(text()), one(of: TopologyRead.Format.allCases)),
        ]
        return AdminRequest(id: number(), call: one(of: calls))
    }

    mutating func reply() -> AdminReply {
        let bodies: [AdminReply.Body] = [
            .applied(list { $0.applyResult() }),
            .objects(list { $0.text() }, resourceVersion: number(), last: bool()),
            .changed(one(of: AdminReply.Change.allCases), object: text(), resourceVersion: number()),
            .output(pod: text(), data: bytes()),
            .backedUp(StoreSummary(bytes: number(), jobSets: number(), jobs: number(), hosts: number())),
            .status(coordinatorStatus()),
            .topology(text()),
            .done,
            .failed(failure()),
        ]
        return AdminReply(request: number(), body: one(of: bodies))
    }

    mutating func applyResult() -> ApplyResult {
        ApplyResult(
            kind: text(),
            name: objectName(),
            action: one(of: ApplyResult.Action.allCases),
            warnings: list { $0.text() }
        )
    }

    mutating func coordinatorStatus() -> CoordinatorStatus {
        CoordinatorStatus(
            software: text(),
            epoch: Epoch(number()),
            uptime: duration(),
            hosts: number(),
            hostsReady: number(),
            findings: FindingCounts(errors: number(), warnings: number(), notices: number()),
            jobSets: list { JobSetCount(state: $0.one(of: JobSetState.allCases), count: $0.number()) },
            store: StoreStatus(
                bytes: number(),
                commits: number(),
                latencyMedian: duration(),
                latencyP99: duration(),
                latencyLast: duration(),
                latencyMax: duration(),
                batchMax: number()
            )
        )
    }

    mutating func failure() -> AdminFailure {
        AdminFailure(
            code: one(of: AdminFailure.Code.allCases),
            message: text(),
            causes: list {
                AdminFailure.Cause(field: $0.text(), message: $0.text(), line: $0.number(), column: $0.number())
            }
        )
    }
}
