import AtollModel

/// How long a container that ended waits to be started again: not at all at first, then longer each time, and not at all
/// again once it has run for long. Source: Kubernetes, "Pod Lifecycle", container restarts (kubelet).
struct RestartBackoff: Equatable, Sendable {
    static let first = Duration.seconds(10)
    static let ceiling = Duration.seconds(300)
    /// A container that has run for so long is sound.
    static let settledAfter = Duration.seconds(600)

    /// Of the next restart.
    private var pause = Duration.zero

    /// - Parameter lifetime: how long the container has run.
    mutating func next(after lifetime: Duration) -> Duration {
        if lifetime >= Self.settledAfter { pause = .zero }
        defer { pause = pause == .zero ? Self.first : min(pause * 2, Self.ceiling) }
        return pause
    }
}
