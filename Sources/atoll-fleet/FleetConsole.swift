import AtollFleet
import AtollLoop
import Glibc

/// What a person at a terminal sees of a fleet, and does to it. On the loop.
final class FleetConsole {
    private let loop: EventLoop
    private let shell: FleetShell
    private let isQuiet: Bool
    private let began: Int64
    private var signals: SignalSource?
    private var input: DescriptorWatch?
    private var typed: [UInt8] = []
    private var timer: LoopTimer?
    private var isStopping = false
    private var lastLine = ""

    /// Between two looks at the fleet.
    private static let interval = Duration.seconds(1)
    /// How long agents may take to say goodbye.
    private static let farewellMax = Duration.seconds(5)
    /// A longer line is no command.
    private static let lineBytesMax = 64 << 10

    init(on loop: EventLoop, _ shell: FleetShell, isQuiet: Bool) {
        self.loop = loop
        self.shell = shell
        self.isQuiet = isQuiet
        began = loop.now().uptime
    }

    func start(_ commands: [TimedCommand]) throws(LoopError) {
        signals = try SignalSource(on: loop, signals: [SIGINT, SIGTERM]) { [unowned self] _ in stop() }
        timer = LoopTimer(on: loop) { [unowned self] in look() }
        timer?.arm(after: Self.interval)
        try listen()
        shell.assumeIsolated { shell in
            shell.start()
            for command in commands { shell.perform(command) }
        }
    }

    private func look() {
        let (counts, isGone) = shell.assumeIsolated { ($0.counts, $0.isGone) }
        if isStopping && isGone { return loop.stop() }
        let line = "\(counts)"
        if !isQuiet && line != lastLine {
            say("\((loop.now().uptime - began) / 1_000_000_000) s: \(line)", to: STDOUT_FILENO)
            lastLine = line
        }
        timer?.arm(after: isStopping ? .milliseconds(50) : Self.interval)
    }

    /// A second signal ends it at once.
    private func stop() {
        guard !isStopping else { return loop.stop() }
        isStopping = true
        shell.assumeIsolated { $0.stop() }
        timer?.arm(after: .milliseconds(50))
    }

    // MARK: Commands that are typed

    /// On a terminal or a pipe. Neither a file nor /dev/null can be waited for; commands in a file come by --script.
    private func listen() throws(LoopError) {
        var status = stat()
        let isPipe = fstat(STDIN_FILENO, &status) == 0 && status.st_mode & S_IFMT == S_IFIFO
        guard isPipe || isatty(STDIN_FILENO) == 1 else { return }
        input = try DescriptorWatch(on: loop, descriptor: STDIN_FILENO) { [unowned self] in readInput() }
    }

    private func readInput() {
        var buffer = [UInt8](repeating: 0, count: 4096)
        let count = read(STDIN_FILENO, &buffer, buffer.count)
        guard count > 0, typed.count < Self.lineBytesMax else { return input = nil }
        typed += buffer[..<count]
        while let end = typed.firstIndex(of: UInt8(ascii: "\n")) {
            perform(String(decoding: typed[..<end], as: UTF8.self))
            typed.removeSubrange(...end)
        }
    }

    private func perform(_ line: String) {
        do throws(FleetError) {
            guard let command = try TimedCommand.parse(line) else { return }
            shell.assumeIsolated { $0.perform(command) }
        } catch {
            say("\(error)\n\(FleetCommand.help)", to: STDERR_FILENO)
        }
    }

    private func say(_ text: String, to descriptor: CInt) {
        let line = text + "\n"
        // What cannot be said is not worth an end.
        _ = write(descriptor, line, line.utf8.count)
    }
}
