public import AtollModel

/// What a supervisor must do, in the order of the members: what is reported has been done.
public struct PodEffects: Equatable, Sendable {
    /// In this order.
    public var actions: [PodAction] = []
    /// What is to be on record from now on; nil leaves that as it is. After `ended` there are no more inputs.
    public var observation: PodObservation?
    /// When `PodInput.woken` is due, whatever was asked for before; nil for never.
    public var wake: Instant?

    public init() {}
}

public enum PodAction: Equatable, Sendable {
    /// Answered by `startFailed` at once where it fails.
    case start(container: Int)
    /// SIGTERM to all processes of the container.
    case terminate(container: Int)
    /// SIGKILL to all processes of the container.
    case kill(container: Int)
    /// Answered by `finished`. Never a sleep, which the machine counts itself.
    case run(ActionRun, ContainerAction)
    /// The outcome is not awaited any more: kill its process, close its connection.
    case abandon(ActionRun)
    /// SIGKILL to whatever is left of the pod, again and again, until it is answered by `swept`.
    case sweep
}
