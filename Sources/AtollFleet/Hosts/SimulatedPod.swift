import AtollCore
import AtollModel

/// A pod whose supervisor is real and whose processes are words.
struct SimulatedPod {
    /// What a supervisor decides.
    var machine: PodMachine
    var observation = PodObservation.starting
    /// It has been told to stop before its supervisor had begun.
    var isStopPending = false
    /// The life that each running container is in, by its number.
    var running: [Int: Int] = [:]
    /// Counts the starts of its containers together.
    var lives = 0
    var wakeAt: Int64?

    init(_ plan: PodPlan) { machine = PodMachine(plan.launch, attempts: plan.pod.attempts) }

    var isAlive: Bool { !observation.hasEnded }
}
