import AtollAgent
import AtollCore
public import AtollModel
import AtollWire

/// The hosts of a fleet: for each the agent's own core, and pods that only say that they run.
///
/// Pure: inputs and the time go in, effects come out. Hosts are counted from 0 here, whatever their names.
public struct FleetCore {
    let description: FleetDescription
    let coordinatorCount: Int
    var hosts: [SimulatedHost] = []
    var agenda = FleetAgenda()
    var began: Int64 = 0
    /// Hosts whose pods have something to report at the end of the turn.
    var unreported: [Int] = []
    public internal(set) var counts = FleetCounts()

    /// - Parameter coordinatorCount: how many coordinators agents know, at least 1.
    public init(_ description: FleetDescription, coordinatorCount: Int) {
        self.description = description
        self.coordinatorCount = coordinatorCount
        counts.hosts = description.hostCount
    }

    /// The whole interface: one input, its effects.
    public mutating func handle(_ input: FleetInput, at now: Instant, into effects: inout FleetEffects) {
        switch input {
        case .started: started(at: now, into: &effects)
        case .connected(let host): tell(host, .connected, at: now, into: &effects)
        case .disconnected(let host, let reason):
            hosts[host].link = .none
            tell(host, .disconnected(reason: reason), at: now, into: &effects)
        case .received(let host, let message): received(message, by: host, at: now, into: &effects)
        case .commanded(let command):
            let time = command.time.map { began + $0 } ?? now.uptime
            agenda.add(.command(command.command), at: time)
        case .timerFired: break
        case .stopping: for host in hosts.indices { tell(host, .stopping, at: now, into: &effects) }
        }
        doWhatIsDue(at: now, into: &effects)
        effects.wake = agenda.next
    }

    private mutating func started(at now: Instant, into effects: inout FleetEffects) {
        began = now.uptime
        hosts.reserveCapacity(description.hostCount)
        for number in description.hostNumbers {
            hosts.append(SimulatedHost(number, description, coordinatorCount: coordinatorCount))
            tell(hosts.count - 1, .started, at: now, into: &effects)
        }
    }

    /// What follows from it at once, too.
    private mutating func doWhatIsDue(at now: Instant, into effects: inout FleetEffects) {
        repeat {
            while let event = agenda.due(at: now.uptime) { handle(event, at: now, into: &effects) }
            report(at: now, into: &effects)
        } while agenda.next.map { $0 <= now.uptime } ?? false
    }

    private mutating func handle(_ event: FleetEvent, at now: Instant, into effects: inout FleetEffects) {
        switch event {
        case .agentWakes(let host, let moment):
            guard hosts[host].wakeAt == moment else { return }
            hosts[host].wakeAt = nil
            tell(host, .timerFired, at: now, into: &effects)
        case .podStarts(let place): podStarts(place, at: now)
        case .podWakes(let place, let moment): podWakes(place, moment, at: now)
        case .containerEnds(let place, let container, let life, let cause):
            containerEnds(container, of: place, life, cause, at: now)
        case .command(let command): perform(command, at: now, into: &effects)
        }
    }

    /// Gives an input to an agent, and does what follows from it.
    mutating func tell(_ host: Int, _ input: AgentInput, at now: Instant, into effects: inout FleetEffects) {
        var own = AgentEffects()
        hosts[host].agent.handle(input, at: now, into: &own)
        if let epoch = own.persist { hosts[host].highestEpoch = epoch }
        for command in own.pods { perform(command, on: host, at: now) }
        for send in own.send { transmit(Message(send), from: host, into: &effects) }
        if let command = own.connection { perform(command, on: host, into: &effects) }
        if let wake = own.wake {
            hosts[host].wakeAt = wake.uptime
            agenda.add(.agentWakes(host: host, at: wake.uptime), at: wake.uptime)
        }
        take(own.notes, of: host, into: &effects)
        if let claim = own.removal { tell(host, .claimRemovalEnded(claim.uid, isGone: true), at: now, into: &effects) }
    }

    private mutating func take(_ notes: [AgentNote], of host: Int, into effects: inout FleetEffects) {
        for note in notes {
            switch note {
            case .welcomed:
                hosts[host].isConnected = true
                counts.connected += 1
                counts.connections += 1
            case .disconnected: disconnected(host)
            case .refused(let refusal):
                counts.refusals += 1
                effects.refusals.append(FleetRefusal(host: description.name(of: hosts[host].number), refusal: refusal))
            case .coordinatorOutdated, .assignmentOutdated, .assignmentUnfit: break
            case .startDelayed, .startWithheld, .deviceLost, .leasePostponed: break
            }
        }
    }

    mutating func disconnected(_ host: Int) {
        guard hosts[host].isConnected else { return }
        hosts[host].isConnected = false
        counts.connected -= 1
    }

    private mutating func report(at now: Instant, into effects: inout FleetEffects) {
        let reporting = unreported
        unreported = []
        for host in reporting {
            let reports = hosts[host].takeReports()
            if !reports.isEmpty { tell(host, .podsObserved(reports), at: now, into: &effects) }
        }
    }
}
