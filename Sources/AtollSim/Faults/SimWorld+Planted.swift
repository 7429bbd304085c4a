import AtollCore
import AtollModel

/// What the coordinator's shell does wrong when told to.
extension SimWorld {
    var restorable: StoredState {
        var state = store.content
        switch options.plantedBug {
        case .forgetPlacesLeft: for job in state.jobs.indices { state.jobs[job].run.forgetPlacesLeft() }
        case .forgetClaimHosts: for claim in state.volumeClaims.indices { state.volumeClaims[claim].hosts = [] }
        case .forgetCordons: for host in state.hosts.indices { state.hosts[host].cordon = nil }
        default: break
        }
        return state
    }

    /// Planted: whoever says that name is taken for the host that has it.
    func taken(_ hello: AgentHello, from host: Int) -> AgentHello {
        guard options.plantedBug == .welcomeTwin else { return hello }
        let original = hosts[host % shape.hostCount]
        var hello = hello
        hello.instance = original.instance
        hello.address = original.facts.address
        return hello
    }

    func isLost(_ host: Int, to process: Int) -> Bool {
        coordinators[process].core.cluster.inventory[hosts[host].facts.host]?.link.isLost ?? false
    }

    /// Planted: pods of a host that was lost are said to have ended.
    func taken(_ batch: StatusBatch, on connection: Int) -> StatusBatch {
        guard options.plantedBug == .cleanReturningHost, connections[connection].isOfLostHost, batch.complete else {
            return batch
        }
        var batch = batch
        let exit = PodExit(cause: .lost, at: instant.wall)
        batch.pods = batch.pods.map { PodReport(pod: $0.pod, observation: .ended(exit)) }
        return batch
    }

    /// Planted: the connection of another host that the same coordinator serves.
    mutating func misdirected(_ connection: Int) -> Int {
        guard options.plantedBug == .misdirectAssignments, disk.int(0...15) == 0 else { return connection }
        let process = connections[connection].process
        return connections.indices.last {
            connections[$0].process == process && connections[$0].isCoordinatorOpen && connections[$0].hasGreeted
                && connections[$0].host != connections[connection].host
        } ?? connection
    }

    /// Planted: a connection of the host's own name brings word that its pods have ended.
    mutating func reportAllEnded(on host: Int, process: Int) {
        let reports = hosts[host].pods.values.filter(\.isAlive).map { pod in
            PodReport(pod: pod.id, observation: .ended(PodExit(cause: .lost, at: instant.wall)))
        }
        connections.append(SimConnection(host: host, agent: -1, process: process))
        let session = session(of: connections.count - 1)
        let hello = AgentHello(
            host: hosts[host].facts.host,
            address: hosts[host].facts.address,
            bootID: hosts[host].facts.bootID,
            instance: hosts[host].instance,
            highestEpoch: Epoch(0)
        )
        let batch = StatusBatch(epoch: Epoch(0), applied: Generation(0), complete: false, pods: reports)
        feed(.session(session, .greeted(hello, peer: "")), to: process)
        feed(.session(session, .observed(batch)), to: process)
        connections[connections.count - 1].isAgentOpen = false
        feed(.session(session, .closed(reason: "silent")), to: process)
    }
}

extension StoreChange {
    var isOfCluster: Bool { if case .put(.cluster) = self { true } else { false } }
}

extension JobRun {
    /// Planted.
    fileprivate mutating func forgetPlacesLeft() {
        for index in previous.indices { previous[index].left = nil }
    }
}
