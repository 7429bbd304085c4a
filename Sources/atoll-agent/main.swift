import AtollModel
import Glibc

/// One line to standard error.
func complain(_ message: String) {
    let line = "atoll-agent: \(message)\n"
    write(STDERR_FILENO, line, line.utf8.count)
}

/// Runs what the command line asks for; returns the exit status.
func run(_ words: ArraySlice<String>) throws -> CInt {
    guard let command = words.first else {
        throw Arguments.UsageError(message: "a command is missing")
    }
    let rest = words.dropFirst()
    switch command {
    case "run": try Commands.run(rest)
    case "topology": try Commands.topology(rest)
    case "make-host": try Commands.makeHost(rest)
    case "supervise": return try Commands.supervise(rest)
    case "remove-claim": try Commands.removeClaim(rest)
    case "version", "--version": print("atoll-agent \(AtollVersion.current)")
    case "help", "--help", "-h": print(usage, terminator: "")
    default: throw Arguments.UsageError(message: "unknown command `\(command)`")
    }
    return 0
}

do {
    exit(try run(CommandLine.arguments.dropFirst()))
} catch let error as Arguments.UsageError {
    complain("\(error.message); run `atoll-agent help` to see what there is")
    exit(2)
} catch {
    complain("\(error)")
    exit(1)
}
