import AtollCore
import AtollModel
import AtollWire

/// A person looks at a host: its agent is asked, and its answer passed on.
extension CoordinatorShell {
    func look(at host: HostID, as format: TopologyRead.Format, _ ticket: AdminTicket) {
        guard let link = core.cluster.inventory[host]?.link else {
            return fail(ticket, .notFound, "host \(host) does not exist; see atollctl get hosts")
        }
        guard case .synced(let id) = link, let agent = sessions[id] else {
            return fail(
                ticket,
                .unavailable,
                "the agent of host \(host) is not connected"
            )
        }
        guard agent.answersTopologyReads else {
            return fail(
                ticket,
                .unavailable,
                "the agent of host \(host) is of a release that cannot show it; upgrade it"
            )
        }
        guard let read = topologyReads.add(ticket, host: host, agent: id) else {
            let message = "\(TopologyReads.countMax) other looks at hosts have no answer yet; try again"
            return fail(ticket, .limitReached, message)
        }
        agent.send(.topologyRead(TopologyRead(read: read.number, format: format)))
    }

    func received(_ text: TopologyText, from agent: SessionID) {
        guard let read = topologyReads.take(text.read, from: agent) else { return }
        switch text.outcome {
        case .text(let text): perform(.reply(read.ticket, .topology(text)))
        case .failed(let reason): fail(read.ticket, .unavailable, "host \(read.host) cannot be shown: \(reason)")
        }
    }

    /// The connection of an agent is gone, and with it what it was asked.
    func topologyAgentLeft(_ agent: SessionID) {
        for read in topologyReads.agentLeft(agent) {
            fail(read.ticket, .unavailable, "the agent of host \(read.host) went away before it answered; try again")
        }
    }

    private func fail(_ ticket: AdminTicket, _ code: AdminFailure.Code, _ message: String) {
        sendAfterCommit(.reply(ticket, .failed(AdminFailure(code: code, message: message))))
    }
}
