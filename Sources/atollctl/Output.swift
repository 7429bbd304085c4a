import AtollClient
import Glibc

/// The one way to standard output: whole lines, written at once.
struct Output {
    let isColored: Bool

    init(color: ColorChoice = .never) {
        let noColor = getenv("NO_COLOR").map { String(cString: $0) }
        isColored = color.isOn(isTerminal: isatty(STDOUT_FILENO) == 1, noColor: noColor)
    }

    /// Columns for lines of prose: those of the terminal, but no more than are good to read; 80 without one.
    static var width: Int {
        var size = winsize()
        guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
        return min(max(Int(size.ws_col), 40), 120)
    }

    func write(lines: [String]) throws(OutputError) {
        guard !lines.isEmpty else { return }
        try write(text: lines.joined(separator: "\n") + "\n")
    }

    func write(text: String) throws(OutputError) { try write(bytes: Array(text.utf8)) }

    func write(bytes: [UInt8]) throws(OutputError) {
        let error = Self.write(bytes, to: STDOUT_FILENO)
        // The reader, such as head, has seen enough: end as quietly as SIGPIPE would end us.
        if error == EPIPE { _exit(128 + SIGPIPE) }
        if error != 0 { throw OutputError(number: error) }
    }

    /// A message on standard error.
    static func complain(_ message: String) { _ = write(Array((message + "\n").utf8), to: STDERR_FILENO) }

    /// On standard output, when nothing can be done any more about an error.
    static func sayLastWords(_ text: String) { _ = write(Array((text + "\n").utf8), to: STDOUT_FILENO) }

    /// 0 or an error number.
    private static func write(_ bytes: [UInt8], to descriptor: CInt) -> CInt {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count >= 0 { rest = rest.dropFirst(count) } else if errno != EINTR { return errno }
        }
        return 0
    }
}

/// Standard output does not take what is written.
struct OutputError: Error, CustomStringConvertible {
    let number: CInt

    var description: String { "cannot write to standard output: \(String(cString: strerror(number)))" }
}
