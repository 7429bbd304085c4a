import AtollCore
import AtollLoop
public import AtollStore
import Glibc
public import Logging

/// The coordinator as a service: loop, store and shell put together.
public enum CoordinatorDaemon {
    /// What keeps the coordinator from starting: a sentence for people.
    public struct StartError: Error, Sendable, CustomStringConvertible {
        public let description: String
    }

    /// Serves until SIGTERM or SIGINT; blocks the calling thread. Pods go on running when it ends.
    public static func run(_ settings: CoordinatorSettings, store: any Store, log: Logger) throws(StartError) {
        do {
            EventLoop.ignoreBrokenPipes()
            let core = try CoordinatorCore(
                restoring: try store.load(),
                limits: settings.limits,
                policy: settings.policy,
                seed: UInt64.random(in: .min ... .max)
            )
            let loop = try EventLoop()
            let thread = StoreThread(store)
            let shell = CoordinatorShell(loop: loop, settings: settings, core: core, store: thread, log: log)
            // Until `run` the loop belongs to this thread.
            try shell.assumeIsolated { try $0.start() }
            loop.run()
            thread.stop()
        } catch let error as StoreError {
            throw StartError(description: error.message)
        } catch let error as RestoreError {
            throw StartError(description: error.message)
        } catch {
            throw StartError(description: "\(error)")
        }
    }
}
