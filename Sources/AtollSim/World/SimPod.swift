import AtollCore
import AtollModel

/// What one life of a pod's processes will be like, drawn from the pod's id: the same pod behaves alike whenever it is
/// started.
struct PodScript {
    let startDelay: Int64
    let runTime: Int64
    let exit: PodExit.Cause
    /// Time from SIGTERM to the end of the processes, if they heed it.
    let stopTime: Int64
    let ignoresTerm: Bool
    let cannotStart: Bool

    /// - Parameter life: counts from 0.
    init(_ pod: PodID, life: Int, seed: UInt64, faults: FaultPlan) {
        let words = [pod.job.rawValue, UInt64(pod.index), UInt64(pod.replacement), UInt64(life) << 32]
        var chance = Chance(SplitMix64(seed: seed, naming: words))
        let usualDelay = chance.nanoseconds(ms: 0...50)
        runTime = chance.nanoseconds(ms: 100...(chance.percent(30) ? 30_000 : 4_000))
        exit =
            chance.percent(faults.share(of: .podFailure)) ? .exited(code: Int32(chance.int(1...3))) : .exited(code: 0)
        stopTime = chance.nanoseconds(ms: 0...1_500)
        ignoresTerm = chance.percent(faults.share(of: .deafPod))
        cannotStart = chance.percent(faults.share(of: .podFailure) / 10)
        let isSlow = chance.percent(faults.share(of: .slowPod))
        startDelay = isSlow ? chance.nanoseconds(ms: 100...8_000) : usualDelay
    }
}

/// A pod's folder on its host, its supervisor, and the processes that belong to it.
struct SimPod {
    var plan: PodPlan
    var script: PodScript
    /// What the supervisor decides.
    var machine: PodMachine
    /// Of its containers together: counts their starts.
    var lives = 0
    /// The life of each container that runs, by its number.
    var running: SortedMap<Int, Int> = [:]
    /// What the supervisor has written down.
    var observation = PodObservation.starting
    /// From the start command until the last process, the supervisor's own aside, is gone.
    var isAlive = true
    /// Told to stop before its supervisor could hear it.
    var isStopPending = false
    /// The agent forgot the folder while the processes went on: only a planted bug does that.
    var isForgotten = false
    /// When the supervisor wants to be woken.
    var wakeAt: Int64?
    /// When the record was written last, in nanoseconds since the start.
    var writtenAt: Int64 = 0

    init(plan: PodPlan, script: PodScript, isAlive: Bool = true) {
        self.plan = plan
        self.script = script
        self.isAlive = isAlive
        machine = PodMachine(plan.launch, attempts: plan.pod.attempts)
    }

    /// Started, and its supervisor has not said so yet.
    var isSilent: Bool { isAlive && observation == .starting }

    var id: PodID { plan.pod.id }

    var restored: RestoredPod {
        RestoredPod(id: id, jobSet: plan.launch.jobSet, observation: observation)
    }
}
