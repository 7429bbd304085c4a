import ArgumentParser
import AtollStoreSQLite

struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Look through a store that no coordinator has open, or a backup; change nothing.",
        discussion: "Ends with 0 if a coordinator can start with it, else with 1."
    )

    @Argument(help: "A backup, in place of the store.")
    var file: String?

    @OptionGroup var data: DataOptions

    func run() throws {
        let path = file ?? data.storePath
        print("\(path) is sound: \(try SQLiteStore.check(path: path))")
    }
}
