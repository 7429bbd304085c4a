import AtollAgent
import AtollCore
import AtollModel
import AtollWire

// Connections, and what befalls them.
extension FleetCore {
    mutating func received(
        _ message: Message,
        by host: Int,
        at now: Instant,
        into effects: inout FleetEffects
    ) {
        if let input = AgentInput(message) { return tell(host, input, at: now, into: &effects) }
        switch message {
        case .outputRead(let read): transmit(.outputChunk(output(for: read)), from: host, into: &effects)
        case .topologyRead(let read):
            let outcome = TopologyText.Outcome.failed("a simulated host cannot be drawn")
            transmit(.topologyText(TopologyText(read: read.read, outcome: outcome)), from: host, into: &effects)
        default: lose(host, reason: "the coordinator went down, or sent what is not for agents", at: now, &effects)
        }
    }

    /// One line, whatever the pod.
    private func output(for read: OutputRead) -> OutputChunk {
        let text = Array("a simulated pod writes nothing\n".utf8)
        let start: Int =
            switch read.start {
            case .offset(let offset): min(Int(clamping: offset), text.count)
            case .lastLines(let count): count == 0 ? text.count : 0
            }
        let data = Array(text[start...].prefix(Int(read.bytesMax)))
        let isLast = start + data.count == text.count
        return OutputChunk(read: read.read, pod: read.pod, offset: UInt64(start), data: data, atEnd: isLast)
    }

    mutating func transmit(_ message: Message, from host: Int, into effects: inout FleetEffects) {
        if hosts[host].cut == nil {
            if case .heartbeat = message { counts.heartbeats += 1 }
            effects.links.append(.send(host: host, message))
        } else if hosts[host].link == .open {
            hosts[host].cut?.append(message)
        }
    }

    mutating func perform(_ command: ConnectionCommand, on host: Int, into effects: inout FleetEffects) {
        switch command {
        case .connect(let coordinator):
            hosts[host].link = .wanted(coordinator: coordinator)
            if hosts[host].cut == nil { connect(host, to: coordinator, into: &effects) }
        case .close:
            disconnected(host)
            let wasOpen = hosts[host].link == .open
            hosts[host].link = .none
            if hosts[host].cut == nil {
                effects.links.append(.close(host: host, isReset: false))
            } else if wasOpen {
                hosts[host].cut = []
                effects.links.append(.abandon(host: host))
            }
        }
    }

    private mutating func connect(_ host: Int, to coordinator: Int, into effects: inout FleetEffects) {
        hosts[host].link = .open
        effects.links.append(.connect(host: host, coordinator: coordinator))
    }

    // MARK: Commands

    mutating func perform(_ command: FleetCommand, at now: Instant, into effects: inout FleetEffects) {
        switch command {
        case .fail(let some, let code): for host in positions(of: some) { failPods(of: host, code: code, at: now) }
        case .partition(let some): for host in positions(of: some) { cut(host, into: &effects) }
        case .heal(let some): for host in positions(of: some) { heal(host, into: &effects) }
        case .reset(let some):
            for host in positions(of: some) where hosts[host].cut == nil {
                lose(host, reason: "reset", at: now, &effects)
            }
        case .reboot(let some): for host in positions(of: some) { reboot(host, at: now, into: &effects) }
        }
    }

    /// Names that are none of the fleet's are another process's.
    private func positions(of some: FleetHosts) -> [Int] {
        switch some {
        case .all: return Array(hosts.indices)
        case .named(let names):
            let prefix = description.namePrefix
            return names.compactMap { host in
                guard host.name.hasPrefix(prefix), let number = Int(host.name.dropFirst(prefix.count)),
                    description.hostNumbers.contains(number)
                else { return nil }
                return number - description.firstHost
            }
        }
    }

    private mutating func cut(_ host: Int, into effects: inout FleetEffects) {
        guard hosts[host].cut == nil else { return }
        hosts[host].cut = []
        effects.links.append(.pause(host: host))
    }

    /// What TCP held back arrives, on a connection that both sides have kept.
    private mutating func heal(_ host: Int, into effects: inout FleetEffects) {
        guard let held = hosts[host].cut else { return }
        hosts[host].cut = nil
        effects.links.append(.closeAbandoned(host: host))
        if hosts[host].link == .open { effects.links += held.map { .send(host: host, $0) } }
        effects.links.append(.resume(host: host))
        if case .wanted(let coordinator) = hosts[host].link { connect(host, to: coordinator, into: &effects) }
    }

    private mutating func lose(_ host: Int, reason: String, at now: Instant, _ effects: inout FleetEffects) {
        guard hosts[host].link == .open else { return }
        hosts[host].link = .none
        effects.links.append(.close(host: host, isReset: true))
        tell(host, .disconnected(reason: reason), at: now, into: &effects)
    }

    private mutating func reboot(_ host: Int, at now: Instant, into effects: inout FleetEffects) {
        let old = hosts[host]
        disconnected(host)
        // A machine without power sends no reset; the new one's kernel answers what still comes with one.
        effects.links.append(.close(host: host, isReset: true))
        for pod in old.pods.values where pod.isAlive { counts.moved(from: pod.observation, to: nil) }
        hosts[host] = SimulatedHost(
            old.number,
            description,
            coordinatorCount: coordinatorCount,
            boot: old.boot + 1,
            epoch: old.highestEpoch
        )
        hosts[host].cut = old.cut.map { _ in [] }
        tell(host, .started, at: now, into: &effects)
    }
}
