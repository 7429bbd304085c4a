import ArgumentParser
import AtollClient
import AtollModel

struct ApplyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "apply",
        abstract: "Create or update JobSets from manifests.",
        discussion: "What it reports has been written to disk by the coordinator."
    )

    @Option(name: [.customShort("f"), .customLong("filename")], help: "A file, a folder, or - for standard input.")
    var places: [String]

    @Flag(help: "Only say what would happen.")
    var dryRun = false

    @OptionGroup var namespace: NamespaceOptions
    @OptionGroup var server: ServerOptions

    func run() async throws {
        let manifests = try places.flatMap { try Manifest.read($0) }
        let connection = try await server.connect()
        var isEveryOneAccepted = true
        for manifest in manifests {
            do {
                try report(try await connection.apply(request(manifest)))
            } catch let error as ClientError {
                guard case .failed(let failure) = error.code else { throw error }
                let lines = ApplyText.lines(failure, source: manifest.source)
                Output.complain((lines + ["Error: \(failure.message)"]).joined(separator: "\n"))
                isEveryOneAccepted = false
            }
        }
        await connection.close()
        if !isEveryOneAccepted { throw CommandFailure(.error, "") }
    }

    private func request(_ manifest: Manifest) -> AdminRequest.Apply {
        AdminRequest.Apply(
            manifest: manifest.text,
            source: manifest.source,
            namespace: namespace.namespace,
            dryRun: dryRun
        )
    }

    private func report(_ results: [ApplyResult]) throws {
        for result in results {
            for warning in result.warnings { Output.complain("Warning: \(warning)") }
        }
        try Output().write(lines: results.map { ApplyText.line($0, isDryRun: dryRun) })
    }
}
