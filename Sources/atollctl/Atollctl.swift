import ArgumentParser
import AtollClient
import AtollModel
import Glibc

@main
struct Atollctl: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "atollctl",
        abstract: "See and steer JobSets, hosts and islands.",
        discussion: """
            EXAMPLES
              atollctl diff -f multislice.yaml
              atollctl apply -f multislice.yaml
              atollctl explain jobset.spec.failurePolicy
              atollctl get jobsets -w
              atollctl describe jobset multislice
              atollctl logs -f multislice
              atollctl wait --for=condition=Completed jobset/multislice --timeout 10m

            EXIT CODES
              0 done, 1 error, 2 wrong usage, 3 not ready in time, 4 not found

            ENVIRONMENT
              ATOLL_SOCKET  socket of the coordinator (/run/atoll/coordinator.sock)
              NO_COLOR      no colours unless --color=always
            """,
        version: AtollVersion.current,
        subcommands: [
            ApplyCommand.self, DiffCommand.self, ExplainCommand.self, GetCommand.self, DescribeCommand.self,
            LogsCommand.self,
            WaitCommand.self,
            DeleteCommand.self, TopologyCommand.self, CordonCommand.self, UncordonCommand.self,
            DrainCommand.self, AcceptCommand.self, FenceCommand.self, StatusCommand.self, BackupCommand.self,
            VersionCommand.self,
        ]
    )

    /// In place of the parser's own `main`, whose exit codes are those of sysexits.h.
    static func main() async {
        // A shell reports a program that SIGINT has ended so; nothing is half written, as lines leave whole.
        signal(SIGINT) { _ in _exit(130) }
        do {
            let command = try parseAsRoot()
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                var command = command
                try command.run()
            }
        } catch {
            CommandFailure.exit(for: error)
        }
    }
}
