import AtollCore
import AtollModel

/// What people ask for, are shown, and do with their hands.
extension SimWorld {
    mutating func ask(_ order: (AdminTicket, AdminInput)) {
        schedule(.orderArrived(order.0, order.1), after: network.nanoseconds(ms: 0...50))
    }

    mutating func orderArrived(_ order: AdminInput, _ ticket: AdminTicket) {
        guard let process = serving else { return }
        feed(.admin(ticket, order), to: process)
    }

    mutating func answerArrived(_ answer: AdminReply.Body, to ticket: AdminTicket) {
        guard let name = people.heard(answer, to: ticket) else { return }
        checker.accepted(name, store: store, people: people, at: now)
    }

    mutating func operatorActs() {
        guard isFaulty else { return resumeSomething() }
        if actCount < options.reduction.actsMax ?? .max {
            actCount += 1
            let order = people.act(lostHosts: lostHosts)
            if case .host(let host, let hostOrder) = order.1, hostOrder.verb == .fence { switchOff(host) }
            ask(order)
            if hostChance.percent(15) { ask(people.cordonOrUncordon(&hostChance)) }
            if claimChance.percent(5), let order = people.deleteClaim() { ask(order) }
        }
        schedule(.operatorActs, after: actChance.nanoseconds(ms: 1...2 * faults.operatorPeriod))
    }

    /// Hosts that people are shown as lost.
    var lostHosts: [HostID] {
        guard let process = serving else { return [] }
        return coordinators[process].core.cluster.inventory.hosts.filter(\.link.isLost).map(\.id)
    }

    /// Every machine of that name: one, and its twin if it ever had one.
    func machines(named id: HostID) -> [Int] { hosts.indices.filter { hosts[$0].facts.host == id } }

    /// Who fences a host has seen to it that it is off, and leaves it so for long enough.
    mutating func switchOff(_ id: HostID) {
        guard options.plantedBug != .fenceLiveHost else { return }
        for host in machines(named: id) {
            powerOff(host)
            hosts[host].offUntil = max(hosts[host].offUntil, now + actChance.nanoseconds(ms: 1_000...5_000))
            // A twin is taken away.
            if host < shape.hostCount { schedule(.hostBoots(host: host), after: 0) }
        }
    }
}
