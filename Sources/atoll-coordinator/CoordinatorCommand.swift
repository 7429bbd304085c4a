import ArgumentParser
import AtollModel

@main
struct CoordinatorCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "atoll-coordinator",
        abstract: "Gives each child job of a JobSet an island of accelerator hosts and steers its pods.",
        version: AtollVersion.current,
        subcommands: [RunCommand.self, CheckCommand.self, RestoreCommand.self],
        defaultSubcommand: RunCommand.self
    )
}

struct DataOptions: ParsableArguments {
    @Option(name: .customLong("data"), help: "Folder of the store; run and restore make it when it is missing.")
    var folder = "/var/lib/atoll/coordinator"

    var storePath: String { folder + "/atoll.sqlite" }
}
