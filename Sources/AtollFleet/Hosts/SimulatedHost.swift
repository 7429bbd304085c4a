import AtollCore
import AtollModel
import AtollWire

/// One host of a fleet: its agent's core, and the machine around it.
struct SimulatedHost {
    /// That of its name.
    let number: Int
    var agent: AgentCore
    /// What an agent keeps on disk.
    var highestEpoch = Epoch(0)
    var boot = 0
    var wakeAt: Int64?
    var isConnected = false
    /// The connection that its agent has, or is about to have.
    var link = Link.none
    /// While it is cut off: frames that would be on their way.
    var cut: [Message]?
    var pods: [PodID: SimulatedPod] = [:]
    /// Pods whose observation has changed since the last report, in that order.
    private var unreported: [PodID] = []

    enum Link: Equatable, Sendable {
        case none
        /// A connection to this coordinator was asked for; it begins once the host is not cut off any more.
        case wanted(coordinator: Int)
        case open
    }

    init(_ number: Int, _ description: FleetDescription, coordinatorCount: Int, boot: Int = 0, epoch: Epoch = Epoch(0))
    {
        self.number = number
        self.boot = boot
        highestEpoch = epoch
        agent = AgentCore(
            facts: description.facts(of: number, boot: boot),
            instance: ObjectUID("simulated-\(number)"),
            highestEpoch: epoch,
            coordinatorCount: coordinatorCount,
            restored: [],
            random: SplitMix64(seed: description.seed, naming: [UInt64(number), UInt64(boot)])
        )
    }

    /// True when it is the first since the last report.
    mutating func note(_ pod: PodID) -> Bool {
        unreported.append(pod)
        return unreported.count == 1
    }

    mutating func takeReports() -> [PodReport] {
        let reports = unreported.compactMap { id in
            pods[id].map { PodReport(pod: id, observation: $0.observation) }
        }
        unreported = []
        return reports
    }
}
