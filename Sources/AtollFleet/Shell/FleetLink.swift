import AtollLoop
import AtollWire

/// A host's connection to a coordinator, from the wish for one to its end, and older ones that are not gone yet. On the
/// loop.
final class FleetLink {
    /// A connection is asked for and has not begun.
    var isWanted = false
    var connector: Connector?
    var stream: AtollLoop.Stream?
    var decoder = FrameDecoder()
    /// Messages of one turn leave together: each write may wake the coordinator.
    private var held: [UInt8] = []
    private var isPaused = false
    /// Being flushed, or left as they are.
    private var leaving: [AtollLoop.Stream] = []
    private var abandoned: [AtollLoop.Stream] = []

    var isGone: Bool { connector == nil && stream == nil && leaving.isEmpty }

    func open(
        _ stream: AtollLoop.Stream,
        onBytes: @escaping (UnsafeRawBufferPointer) -> Void,
        onClosed: @escaping (AtollLoop.Stream.CloseReason) -> Void
    ) {
        self.stream = stream
        decoder = FrameDecoder()
        if isPaused { stream.pauseReading() }
        stream.start(.init(onBytes: onBytes, onClosed: onClosed))
    }

    /// Until `sendHeld()`, or the end of the connection if that comes first.
    func hold(_ frame: [UInt8]) { held += frame }

    func sendHeld() {
        guard !held.isEmpty else { return }
        stream?.write(held)
        held = []
    }

    func pause() {
        isPaused = true
        stream?.pauseReading()
    }

    func resume() {
        isPaused = false
        stream?.resumeReading()
    }

    /// Whatever there is of it, also before it has come about.
    func close(isReset: Bool) {
        drop()
        guard let stream else { return }
        self.stream = nil
        if !isReset { leaving.append(stream) }
        stream.close(flushing: !isReset)
    }

    func abandon() {
        drop()
        if let stream { abandoned.append(stream) }
        stream = nil
    }

    func closeAbandoned() {
        for stream in abandoned { stream.close(flushing: false) }
        abandoned = []
    }

    /// All that there is of it, at once.
    func hangUp() {
        close(isReset: true)
        closeAbandoned()
        for stream in leaving { stream.close(flushing: false) }
        leaving = []
    }

    func forget(_ stream: AtollLoop.Stream) { leaving.removeAll { $0 === stream } }

    private func drop() {
        sendHeld()
        isWanted = false
        connector?.cancel()
        connector = nil
    }
}
