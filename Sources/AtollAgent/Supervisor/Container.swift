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
        let program = try Self.program(of: process)
        var id: pid_t = 0
        var directory = stat()
        guard stat(process.workingDirectory, &directory) == 0 else {
            throw .system(errno, "start container \(process.name): working directory \(process.workingDirectory)")
        }
        let error = withCStrings(process.arguments) { arguments in
            withCStrings(process.variables.map { "\($0.name)=\($0.value)" }) { environment in
                atoll_spawn(&id, program, arguments, environment, process.workingDirectory, [-1, output, output])
            }
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

/// An array of C strings that ends in null, valid during the call.
private func withCStrings<Result>(
    _ strings: [String],
    _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Result
) -> Result {
    var pointers = strings.map { strdup($0) } + [nil]
    defer { for pointer in pointers { free(pointer) } }
    return body(&pointers)
}
