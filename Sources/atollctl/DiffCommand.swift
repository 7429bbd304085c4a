import ArgumentParser
import AtollClient
import AtollJobSet
import AtollModel
import AtollYAML

struct DiffCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract: "Show what applying manifests would change.",
        discussion: """
            Ends with 0 when nothing would change, with 1 when something would, and with 2 or more after an error.

            EXAMPLES
              atollctl diff -f multislice.yaml
            """
    )

    @Option(name: [.customShort("f"), .customLong("filename")], help: "A file, a folder, or - for standard input.")
    var places: [String]

    @OptionGroup var namespace: NamespaceOptions
    @OptionGroup var color: ColorOptions
    @OptionGroup var server: ServerOptions

    func run() async throws {
        let isSame: Bool
        do {
            isSame = try await showDifferences()
        } catch {
            guard var failure = CommandFailure(error), failure.code == .error else { throw error }
            failure.code = .diffFailed
            throw failure
        }
        if !isSame { throw CommandFailure(.differs, "") }
    }

    private func showDifferences() async throws -> Bool {
        let wanted = try places.flatMap { try Manifest.read($0) }.flatMap { manifest in
            try JobSetManifest.parse(
                text: manifest.text,
                source: manifest.source,
                defaultNamespace: namespace.namespace
            )
        }
        let connection = try await server.connect()
        var isSame = true
        for jobSet in wanted.map(\.jobSet) {
            let difference = try await difference(of: jobSet, connection)
            isSame = try show(difference, of: jobSet) && isSame
        }
        await connection.close()
        return isSame
    }

    private func difference(of jobSet: JobSet, _ connection: AdminConnection) async throws -> JobSetDifference {
        let name = jobSet.metadata.name
        // Applying it creates another one, whatever there is.
        let live = jobSet.wantsName ? nil : try await connection.jobSet(name)
        do {
            return try JobSetDifference(from: live, to: jobSet)
        } catch {
            throw CommandFailure(
                .error,
                "the live jobset \(name) cannot be compared; install the atollctl of the coordinator's release:\n\(error)"
            )
        }
    }

    /// False where anything differs.
    private func show(_ difference: JobSetDifference, of jobSet: JobSet) throws -> Bool {
        let output = Output(color: color.choice)
        let lines = difference.lines(isColored: output.isColored)
        try output.write(lines: lines)
        for refusal in difference.refusals { Output.complain("Refused: jobset \(jobSet.metadata.name): \(refusal)") }
        return lines.isEmpty && difference.refusals.isEmpty
    }
}

extension AdminConnection {
    /// Nil where there is none.
    fileprivate func jobSet(_ name: ObjectName) async throws(ClientError) -> YAMLNode? {
        do {
            return try await list(.init(kind: .jobsets, namespace: name.namespace, names: [name.name])).first
        } catch {
            if case .failed(let failure) = error.code, failure.code == .notFound { return nil }
            throw error
        }
    }
}
