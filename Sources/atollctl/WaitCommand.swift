import ArgumentParser
import AtollClient
import AtollModel

struct WaitCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "wait",
        abstract: "Wait for a condition of JobSets, or until they are gone.",
        discussion: """
            Ends with 0 as soon as it holds for all of them, with 1 when it can not hold any more, with 3 when the time
            is over, with 4 when there is no such JobSet.
            """
    )

    @Option(name: .customLong("for"), help: "condition=Completed, condition=Failed, ..., or delete.")
    var goal: String

    @Argument(help: ArgumentHelp("jobset/NAME, or just the names", valueName: "names"))
    var words: [String]

    @Option(help: ArgumentHelp("How long at most: 90s, 5m, 2h. Without it, for ever.", valueName: "time"))
    var timeout: TimeLimit?

    @OptionGroup var namespace: NamespaceOptions
    @OptionGroup var server: ServerOptions

    func run() async throws {
        let goal = try WaitGoal(goal)
        let selection = try jobSets()
        let deadline = Deadline(after: timeout)
        let connection = try await server.connect()
        for name in selection.names {
            let name = ObjectName(namespace: namespace.namespace, name: name)
            try await Observer(connection: connection, name: name, goal: goal).wait(timeout: deadline.remaining)
            let resource = ResourceName.text(ofJobSet: name.name)
            try Output().write(lines: ["\(resource) \(goal == .deletion ? "deleted" : "condition met")"])
        }
        await connection.close()
    }

    private func jobSets() throws -> ObjectSelection {
        let isKindGiven = words.contains { $0.contains("/") } || words.first.flatMap(ObjectKind.init(userText:)) != nil
        let selection = try ObjectSelection(words: isKindGiven ? words : ["jobsets"] + words)
        guard selection.kind == .jobsets, !selection.names.isEmpty else {
            throw UsageError("name the JobSets to wait for, as in jobset/multislice")
        }
        return selection
    }
}
