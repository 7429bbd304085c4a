import ArgumentParser
import AtollClient
import AtollModel
import AtollYAML

struct DeleteCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "delete",
        abstract: "Stop the pods of JobSets and delete them, or delete volume claims that were retained."
    )

    @Argument(help: ArgumentHelp("jobset|pvc NAME..., or KIND/NAME...", valueName: "kind and names"))
    var words: [String] = []

    @Option(name: [.customShort("f"), .customLong("filename")], help: "What a manifest names: file, folder or -.")
    var places: [String] = []

    @Flag(inversion: .prefixedNo, help: "Return when they are gone, not when the deletion is accepted.")
    var wait = true

    @Option(help: ArgumentHelp("How long to wait at most: 90s, 5m, 2h. Without it, for ever.", valueName: "time"))
    var timeout: TimeLimit?

    @OptionGroup var namespace: NamespaceOptions
    @OptionGroup var server: ServerOptions

    func validate() throws {
        if words.isEmpty == places.isEmpty { throw ValidationError("name what to delete, or a manifest with -f") }
    }

    func run() async throws {
        let (kind, names) = try places.isEmpty ? namesOfWords() : (.jobsets, namesInManifests())
        let deadline = Deadline(after: timeout)
        let connection = try await server.connect()
        var accepted: [(name: ObjectName, uid: String?)] = []
        var missing: [ObjectName] = []
        for name in names {
            let list = AdminRequest.List(kind: kind, namespace: name.namespace, names: [name.name])
            guard let object = try await connection.list(list).first else {
                missing.append(name)
                continue
            }
            try await connection.delete(.init(kind: kind, name: name))
            accepted.append((name, object.objectUID))
        }
        for (name, uid) in accepted {
            if wait {
                let observer = Observer(connection: connection, kind: kind, name: name, goal: .deletion, uid: uid)
                try await observer.wait(timeout: deadline.remaining)
            }
            try Output().write(lines: [
                "\(ResourceName.text(of: kind, named: name.name)) \(wait ? "deleted" : "being deleted")"
            ])
        }
        await connection.close()
        if let first = missing.first {
            throw CommandFailure.notFound(kind, missing.map(\.name), namespace: first.namespace)
        }
    }

    private func namesOfWords() throws -> (ObjectKind, [ObjectName]) {
        let selection = try ObjectSelection(words: words)
        guard [.jobsets, .persistentvolumeclaims].contains(selection.kind) else {
            throw UsageError("\(selection.kind.rawValue) are not deleted by hand; delete their jobset")
        }
        guard !selection.names.isEmpty else { throw UsageError("name the \(selection.kind.rawValue) to delete") }
        return (selection.kind, selection.names.map { ObjectName(namespace: namespace.namespace, name: $0) })
    }

    private func namesInManifests() throws -> [ObjectName] {
        try places.flatMap { try Manifest.read($0) }.flatMap { manifest in
            let documents: [YAMLNode]
            do throws(YAMLError) {
                documents = try YAMLNode.parse(manifest.text).filter { $0.isJobSet }
            } catch {
                throw CommandFailure(.error, "\(manifest.source):\(error.line):\(error.column): \(error.message)")
            }
            guard documents.allSatisfy({ !$0.objectName.isEmpty }) else {
                let message = "\(manifest.source) has a jobset without a name; name the one that was made from it"
                throw CommandFailure(.error, message)
            }
            return documents.map { document in
                ObjectName(namespace: document.objectNamespace ?? namespace.namespace, name: document.objectName)
            }
        }
    }
}
