import AtollCore
import AtollJobSet
import AtollLoop
import AtollModel
import AtollStore
import Logging

extension CoordinatorShell {
    /// Answers how the coordinator is, as soon as the store has told its size.
    func answerStatus(_ ticket: AdminTicket) {
        store.ask { store throws(StoreError) in
            try store.size()
        } completion: { result in
            self.loop.execute { self.assumeIsolated { $0.answerStatus(ticket, storeSize: result) } }
        }
    }

    private func answerStatus(_ ticket: AdminTicket, storeSize: Result<UInt64, StoreError>) {
        switch storeSize {
        case .success(let bytes): sendAfterCommit(.reply(ticket, .status(status(storeBytes: bytes))))
        case .failure(let error): sendAfterCommit(.reply(ticket, .failed(AdminFailure(error))))
        }
    }

    private func status(storeBytes: UInt64) -> CoordinatorStatus {
        let states = core.jobSetRuns.map(\.state)
        let hosts = core.cluster.inventory.hosts
        return CoordinatorStatus(
            software: AtollVersion.current,
            epoch: core.cluster.epoch,
            uptime: startedAt.map { now().duration(since: $0) } ?? .zero,
            hosts: UInt64(hosts.count),
            hostsReady: UInt64(hosts.count(where: \.isReady)),
            findings: core.findingCounts,
            jobSets: JobSetState.allCases.compactMap { state in
                let count = states.count { $0 == state }
                return count == 0 ? nil : JobSetCount(state: state, count: UInt64(count))
            },
            store: storeMetrics.status(bytes: storeBytes)
        )
    }

    /// Copies the store; one copy at a time, since each holds up the commits behind it.
    func backUp(to path: String, _ ticket: AdminTicket) {
        guard !isBackingUp else {
            let failure = AdminFailure(code: .conflict, message: "another backup is being written; try again after it")
            return sendAfterCommit(.reply(ticket, .failed(failure)))
        }
        isBackingUp = true
        log.notice("backup begins", metadata: ["path": "\(path)"])
        store.ask { store throws(StoreError) in
            try store.backup(to: path)
        } completion: { result in
            self.loop.execute { self.assumeIsolated { $0.backedUp(path, result, ticket) } }
        }
    }

    private func backedUp(_ path: String, _ result: Result<StoreSummary, StoreError>, _ ticket: AdminTicket) {
        isBackingUp = false
        switch result {
        case .success(let summary):
            log.notice("backup written", metadata: ["path": "\(path)", "content": "\(summary)"])
            sendAfterCommit(.reply(ticket, .backedUp(summary)))
        case .failure(let error):
            log.error("backup failed", metadata: ["error": "\(error.message)"])
            sendAfterCommit(.reply(ticket, .failed(AdminFailure(error))))
        }
    }
}

extension AdminFailure {
    fileprivate init(_ error: StoreError) {
        let code: Code =
            switch error.code {
            case .exists: .conflict
            case .cannotOpen: .invalid
            case .inUse, .foreign, .corrupt, .newerRelease, .full, .readOnly, .io, .closed: .unavailable
            }
        self.init(code: code, message: error.message)
    }
}
