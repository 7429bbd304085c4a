import Glibc

/// The pipe that all containers of a pod write to, and the files that take what comes out.
final class OutputPipe {
    let reader: CInt
    /// For the containers.
    let writer: CInt
    private var files: OutputWriter
    private var buffer = [UInt8](repeating: 0, count: 64 << 10)

    init(folder: String) throws(AgentError) {
        var ends: [CInt] = [-1, -1]
        guard pipe(&ends) == 0 else { throw .system(errno, "make a pipe for the pod's output") }
        reader = ends[0]
        writer = ends[1]
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        // Only our end: containers expect a pipe that blocks.
        _ = fcntl(reader, F_SETFL, O_NONBLOCK)
        files = OutputWriter(folder: folder)
    }

    /// Moves what is there to the files, at most 1 MiB, so that a pod that writes without end cannot keep its
    /// supervisor from anything else.
    func drain() {
        for _ in 0..<16 {
            let count = read(reader, &buffer, buffer.count)
            guard count > 0 else { return }
            files.append(buffer[..<count])
        }
    }

    deinit {
        close(reader)
        close(writer)
    }
}
