import AtollLoop
import Glibc
public import Logging

/// Runs an agent on the calling thread until it is told to stop.
public enum AgentDaemon {
    /// Returns after SIGTERM or SIGINT; the pods run on. Throws when the agent could not start.
    public static func run(_ settings: AgentSettings, log: Logger) throws(AgentError) {
        EventLoop.ignoreBrokenPipes()
        let loop = try makeLoop()
        let shell = try AgentShell(on: loop, settings: settings, log: log)
        // By way of a result: `assumeIsolated` would forget which error it is.
        try shell.assumeIsolated { shell in Result { () throws(AgentError) in try shell.start() } }.get()
        loop.run()
        // It lives as long as the loop that serves it.
        withExtendedLifetime(shell) {}
    }

    private static func makeLoop() throws(AgentError) -> EventLoop {
        do throws(LoopError) {
            return try EventLoop()
        } catch {
            throw AgentError(.system(ENOMEM), error.description)
        }
    }
}
