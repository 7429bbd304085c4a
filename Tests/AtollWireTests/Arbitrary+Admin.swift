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
                    watch: bool()
                )
            ),
            .delete(.init(kind: kind, name: objectName())),
            .logs(.init(kind: kind, name: objectName(), follow: bool(), lastLines: maybe { $0.number() })),
            .cancel(request: number()),
        ]
        return AdminRequest(id: number(), call: one(of: calls))
    }

    mutating func reply() -> AdminReply {
        let bodies: [AdminReply.Body] = [
            .applied(list { $0.applyResult() }),
            .objects(list { $0.text() }, resourceVersion: number(), last: bool()),
            .changed(one(of: AdminReply.Change.allCases), object: text(), resourceVersion: number()),
            .output(pod: text(), data: bytes()),
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
