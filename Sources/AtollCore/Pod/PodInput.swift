public import AtollModel

/// All that can happen to one pod. Containers are numbered in the plan's order, the init containers first.
public enum PodInput: Equatable, Sendable {
    /// The pod's folder and namespaces are made; the first input.
    case started
    /// A container that was to be started could not be; why, a sentence.
    case startFailed(container: Int, message: String)
    /// A container's first process has ended, and whatever else was left of the container is gone.
    case ended(container: Int, PodExit.Cause)
    /// A probe or hook is done. One that was abandoned, or is of a container that has ended since, changes nothing.
    case finished(ActionRun, succeeded: Bool)
    /// After `PodAction.sweep`: no process of the pod is left.
    case swept
    /// End within the grace period; a repeated one changes nothing.
    case stopAsked
    /// End at once; why, a sentence for people, empty where somebody asked for it.
    case killAsked(message: String)
    /// How far the restarts in place of its JobSet have come; nothing for a pod that is not restarted in place.
    case told(InPlaceAttempts)
    /// The moment of `PodEffects.wake` has come. Early or spurious ones are harmless.
    case woken
}

/// One run of a probe or a hook.
public struct ActionRun: Hashable, Sendable {
    public enum Purpose: CaseIterable, Sendable { case startupProbe, readinessProbe, livenessProbe, postStart, preStop }

    public var container: Int
    public var purpose: Purpose
    /// Counts all runs of the container, in whatever life of it.
    public var number: UInt64

    public init(container: Int, purpose: Purpose, number: UInt64) {
        self.container = container
        self.purpose = purpose
        self.number = number
    }
}
