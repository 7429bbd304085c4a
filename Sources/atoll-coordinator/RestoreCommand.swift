import ArgumentParser
import AtollLoop
import AtollModel
import AtollStoreSQLite

struct RestoreCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: "Make the store from a backup; stop the coordinator first.",
        discussion: """
            Pods go on running. Those that were started after the backup was made are stopped once a coordinator has \
            started with the restored store, which knows nothing of them.
            """
    )

    @Argument(help: "What atollctl backup has written.")
    var file: String

    @Flag(help: "Put it in the place of a store that is there; that one is kept beside it.")
    var replace = false

    @OptionGroup var data: DataOptions

    func run() throws {
        let now = Timestamp(nanoseconds: SystemClock.wall)
        let restoration = try SQLiteStore.restore(file, to: data.storePath, replacing: replace, at: now)
        if let old = restoration.replaced { print("the store that was there is kept as \(old)") }
        print("\(data.storePath) is restored: \(restoration.summary), epoch \(restoration.epoch)")
    }
}
