import AtollCore
import AtollJobSet
import AtollModel
import AtollYAML
import Logging

extension CoordinatorShell {
    /// Objects of one part of a list, by their text: far below the frame limit, so that a long list does not hold up
    /// other answers.
    private static let listPartBytes = 512 << 10

    func received(_ request: AdminRequest, from session: PeerSession) {
        let ticket = AdminTicket(session: session.id, request: request.id)
        switch request.call {
        case .apply(let apply): received(apply, ticket)
        case .list(let list): answer(list, ticket)
        case .delete(let delete): received(delete, ticket)
        case .logs(let request): start(request, ticket)
        case .cancel(let number):
            let ended = AdminTicket(session: session.id, request: number)
            if watches.remove(ended) || logs.remove(ended) || topologyReads.remove(ended) {
                sendAfterCommit(.reply(ended, .done))
            }
            sendAfterCommit(.reply(ticket, .done))
        case .backup(let path): backUp(to: path, ticket)
        case .status: answerStatus(ticket)
        case .topology(let host, let format): look(at: host, as: format, ticket)
        case .host(let host, let order):
            let told: Logger.Metadata = ["host": "\(host)", "reason": "\(order.reason)", "peer": "\(session.peer)"]
            log.notice("\(order.verb.rawValue)", metadata: told)
            handle(.admin(ticket, .host(host, order)))
        }
    }

    private func received(_ apply: AdminRequest.Apply, _ ticket: AdminTicket) {
        do throws(ManifestError) {
            let decoded = try JobSetManifest.parse(
                text: apply.manifest,
                source: apply.source,
                defaultNamespace: apply.namespace
            )
            let applications = decoded.map { decoded in
                JobSetApplication(
                    jobSet: decoded.jobSet,
                    manifest: decoded.jobSet.node.jsonText(pretty: false),
                    warnings: decoded.warnings
                )
            }
            handle(.admin(ticket, .apply(applications, dryRun: apply.dryRun)))
        } catch {
            let count = error.problems.count
            let failure = AdminFailure(
                code: .invalid,
                message: "\(apply.source) is refused: \(count) problem\(count == 1 ? "" : "s")",
                causes: error.problems.map(\.cause)
            )
            sendAfterCommit(.reply(ticket, .failed(failure)))
        }
    }

    private func received(_ delete: AdminRequest.Delete, _ ticket: AdminTicket) {
        switch delete.kind {
        case .jobsets: handle(.admin(ticket, .deleteJobSet(delete.name)))
        case .persistentvolumeclaims: handle(.admin(ticket, .deleteVolumeClaim(delete.name)))
        case .jobs, .pods, .hosts, .islands, .devices, .events:
            let failure = AdminFailure(
                code: .invalid,
                message: "\(delete.kind.rawValue) cannot be deleted; delete the JobSet that they belong to"
            )
            sendAfterCommit(.reply(ticket, .failed(failure)))
        }
    }

    private func answer(_ list: AdminRequest.List, _ ticket: AdminTicket) {
        let objects = core.objects(list)
        if list.names.count == 1, objects.isEmpty, !list.watch {
            let failure = AdminFailure(
                code: .notFound,
                message: "\(list.kind.singular) \(list.names[0]) does not exist"
                    + (list.kind.isNamespaced ? " in namespace \(list.namespace ?? "")" : "")
            )
            return sendAfterCommit(.reply(ticket, .failed(failure)))
        }
        let texts = objects.map { $0.jsonText(pretty: false) }
        for part in parts(of: texts) {
            let body = AdminReply.Body.objects(part.texts, resourceVersion: core.cluster.revision, last: part.isLast)
            sendAfterCommit(.reply(ticket, body))
        }
        guard list.watch else { return sendAfterCommit(.reply(ticket, .done)) }
        watches.add(ticket, list, shown: zip(objects.map(\.identity), texts))
    }

    private func parts(of texts: [String]) -> [(texts: [String], isLast: Bool)] {
        var parts: [[String]] = [[]]
        var bytes = 0
        for text in texts {
            if bytes > Self.listPartBytes {
                parts.append([])
                bytes = 0
            }
            parts[parts.count - 1].append(text)
            bytes += text.utf8.count
        }
        return parts.enumerated().map { ($0.element, $0.offset == parts.count - 1) }
    }
}
