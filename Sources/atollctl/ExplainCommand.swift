import ArgumentParser
import AtollClient

struct ExplainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Show what a field of a manifest means, and whether it is honoured.",
        discussion: """
            Needs no coordinator: what it shows is what this atollctl knows.

            EXAMPLES
              atollctl explain jobset
              atollctl explain jobset.spec.failurePolicy
              atollctl explain spec.replicatedJobs.template --recursive
            """
    )

    @Argument(help: ArgumentHelp("Names with dots between them; without any, the JobSet itself.", valueName: "field"))
    var field = ""

    @Flag(help: "The fields of fields too, by name and type.")
    var recursive = false

    @OptionGroup var color: ColorOptions

    func run() throws {
        let output = Output(color: color.choice)
        let explanation = try Explanation(of: field)
        try output.write(
            lines: explanation.lines(width: Output.width, isRecursive: recursive, isColored: output.isColored)
        )
    }
}
