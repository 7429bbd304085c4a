import AtollCore
import AtollModel
import CAtollLinux
import Glibc

/// A process of one container that the supervisor starts, the container's first one or that of a probe or hook: leader
/// of a session and of a process group of its own.
struct Container {
    let processID: Int32

    /// Starts it, with both its outputs going to `output`, or nowhere for -1. Throws with a sentence that names the
    /// command.
    init(_ process: PodEnvironment.Process, output: CInt) throws(AgentError) {
        if !process.mounts.isEmpty {
            processID = try withCStrings(process) { arguments, environment throws(AgentError) in
                try Self.spawn(process, output: output, arguments: arguments, environment: environment)
            }
            return
        }
        let program = try Self.program(of: process)
        var id: pid_t = 0
        var directory = stat()
        guard stat(process.workingDirectory, &directory) == 0 else {
            throw .system(errno, "start container \(process.name): working directory \(process.workingDirectory)")
        }
        let error = withCStrings(process) { arguments, environment in
            atoll_spawn(&id, program, arguments, environment, process.workingDirectory, [-1, output, output])
        }
        guard error == 0 else { throw .system(error, "start container \(process.name): command \(program)") }
        processID = id
    }

    /// The path to run: a name without a slash is looked for in the container's own PATH, as execvp(3) does.
    private static func program(of process: PodEnvironment.Process) throws(AgentError) -> String {
        guard let command = process.arguments.first, !command.isEmpty else {
            let message = "cannot start container \(process.name): it has no command, and a process has no image that "
            throw AgentError(.setting, message + "could name one; set command")
        }
        if command.contains("/") { return command }
        let path = process.variables.first { $0.name == "PATH" }?.value ?? ""
        for folder in path.split(separator: ":") where access("\(folder)/\(command)", X_OK) == 0 {
            return "\(folder)/\(command)"
        }
        let tried = "cannot start container \(process.name): command \(command) was not found in PATH (\(path))"
        throw AgentError(.system(ENOENT), tried + ": \(AgentError.reason(ENOENT))")
    }
}

/// Arguments and environment as arrays of C strings that end in null, valid during the call.
private func withCStrings<Result, Failure: Error>(
    _ process: PodEnvironment.Process,
    _ body: (_ arguments: CStrings, _ environment: CStrings) throws(Failure) -> Result
) throws(Failure) -> Result {
    var arguments = process.arguments.map { strdup($0) } + [nil]
    var environment = process.variables.map { strdup("\($0.name)=\($0.value)") } + [nil]
    defer { for pointer in arguments + environment { free(pointer) } }
    return try body(&arguments, &environment)
}

private typealias CStrings = UnsafePointer<UnsafeMutablePointer<CChar>?>
