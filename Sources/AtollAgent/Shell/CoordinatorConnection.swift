import AtollLoop
import AtollTopology
import AtollWire

/// One connection to a coordinator, from the first try to its end. On the loop.
final class CoordinatorConnection {
    let coordinator: CoordinatorAddress
    var connector: Connector?
    var stream: AtollLoop.Stream?
    var decoder = FrameDecoder()

    init(to coordinator: CoordinatorAddress) { self.coordinator = coordinator }
}
