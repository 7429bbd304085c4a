import AtollCore
import AtollModel

/// Everything that happens in the simulation happens as one of these.
enum SimEvent {
    // Network.
    case connectionAsked(host: Int, agent: Int, attempt: Int, address: Int)
    case connectionAnswered(host: Int, agent: Int, attempt: Int, process: Int?)
    case arrived(Packet, connection: Int, Direction)
    case healed(host: Int)
    // Coordinator.
    case turnEnded(process: Int)
    case wakeDue(process: Int, at: Int64)
    case committed(process: Int)
    case coordinatorStarts
    case fencedCoordinatorEnds(process: Int)
    case routesFlap(beside: Int)
    case orderArrived(AdminTicket, AdminInput)
    case answerArrived(AdminTicket, AdminReply.Body)
    // Hosts.
    case hostBoots(host: Int)
    /// A machine is switched off and taken away.
    case machineLeaves(host: Int)
    case agentStarts(host: Int, boot: Int)
    case agentTimer(host: Int, agent: Int, at: Int64)
    case recordsRead(host: Int, agent: Int)
    case supervisorStarts(host: Int, boot: Int, PodID)
    case supervisorWakes(host: Int, boot: Int, PodID, at: Int64)
    /// Of one life of a container; nothing when that is over.
    case containerEnds(host: Int, boot: Int, PodID, container: Int, life: Int, PodExit.Cause)
    /// The process that deletes a claim's folder is done.
    case claimRemoved(host: Int, boot: Int, agent: Int, VolumeClaimID)
    case leaseEnds(host: Int, boot: Int, deadline: Int64)
    // What drives the rest.
    case faultStrikes(FaultKind)
    case operatorActs
}

enum Direction: Equatable { case toCoordinator, toAgent }

/// What travels on a connection.
enum Packet: Equatable {
    case hello(Hello)
    case facts(HostFacts)
    case change(HostChange)
    case status(StatusBatch)
    case heartbeat(Heartbeat)
    case goodbye
    case answer(HelloReply)
    case assignment(Assignment)
    /// The other side has closed, or the network has broken the connection.
    case end
}

/// What will happen when: by time, then by order of entry.
struct SimEventQueue {
    /// Small, for many are moved when one is put between them.
    private struct Entry {
        var at: Int64
        /// Where the event is in `events`.
        var slot: Int
    }

    /// The next event is the last.
    private var entries: [Entry] = []
    private var events: [SimEvent?] = []
    private var freeSlots: [Int] = []

    var isEmpty: Bool { entries.isEmpty }
    var earliest: Int64? { entries.last?.at }

    /// - Parameter at: nanoseconds since the start.
    mutating func add(_ event: SimEvent, at: Int64) {
        var low = 0
        var high = entries.count
        while low < high {
            let middle = (low + high) / 2
            if entries[middle].at > at { low = middle + 1 } else { high = middle }
        }
        entries.insert(Entry(at: at, slot: slot(for: event)), at: low)
    }

    mutating func next() -> (at: Int64, event: SimEvent)? {
        guard let entry = entries.popLast(), let event = events[entry.slot] else { return nil }
        events[entry.slot] = nil
        freeSlots.append(entry.slot)
        return (entry.at, event)
    }

    private mutating func slot(for event: SimEvent) -> Int {
        guard let free = freeSlots.popLast() else {
            events.append(event)
            return events.count - 1
        }
        events[free] = event
        return free
    }
}
