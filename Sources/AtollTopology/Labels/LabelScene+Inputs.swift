import AtollModel
import AtollYAML

extension LabelScene {
    /// The texts of a rule's source, in order; files that are not there give none.
    ///
    /// - Throws: when something is there that cannot be read or understood, or is too old.
    func inputs(of program: LabelProgram) throws(RuleEnd) -> [String] {
        let topology = host.topology
        switch program.rule.source {
        case .const(let text): return [text]
        case .hostname: return topology.hostname.isEmpty ? [] : [topology.hostname]
        case .machineID: return topology.machineID.isEmpty ? [] : [topology.machineID]
        case .computed(let fact): return fact.values(of: topology)
        case .label(let key): return labels.value(of: key, on: device).map { [$0] } ?? []
        case .device(let field): return (device.map { [$0] } ?? topology.knownBoards).compactMap(field.value)
        case .sysfs, .proc, .deviceTree, .file, .envFile, .jsonFile, .dmi: return try files(of: program)
        }
    }

    private func files(of program: LabelProgram) throws(RuleEnd) -> [String] {
        let source = program.rule.source
        let pointer = try program.pointer(self)
        var texts: [String] = []
        var stale: RuleEnd?
        let glob = try RuleEnd.ifFlawed { () throws(LabelProgram.Flaw) in try program.glob(device) }
        for path in try host.paths(of: glob, named: source.pathPattern ?? "") {
            if let age = try host.age(of: path, over: program.rule.maxAge) {
                stale = RuleEnd(.stale(path: path, age: age))
                continue
            }
            guard let text = try host.text(path, bytesMax: source.bytesMax) else { continue }
            texts += try Self.parts(of: text, path, source, pointer)
        }
        if texts.isEmpty, let stale { throw stale }
        return texts
    }

    private static func parts(of text: String, _ path: String, _ source: LabelSource, _ pointer: JSONPointer?)
        throws(RuleEnd) -> [String]
    {
        switch source {
        case .envFile(_, let key): return EnvironmentFile(text)[key].map { [$0] } ?? []
        case .deviceTree: return text.split(separator: "\0").map { $0.trimmed() }
        case .jsonFile: return try pointer.map { pointer throws(RuleEnd) in try pointer.texts(in: text, path) } ?? []
        case .sysfs, .proc, .file, .dmi, .hostname, .machineID, .const, .computed, .label, .device: return [text]
        }
    }
}

extension LabelHost {
    /// - Parameter name: the pattern, for messages.
    func paths(of glob: Glob?, named name: String) throws(RuleEnd) -> [String] {
        guard let glob else { return [] }
        switch glob.paths(in: tree) {
        case .value(let paths): return paths
        case .absent: return []
        case .failed(let code): throw RuleEnd(.failed(path: name, code))
        }
    }

    /// Nil when there is no such file.
    func text(_ path: String, bytesMax: Int = HostTree.attributeBytesMax) throws(RuleEnd) -> String? {
        switch tree.text(path, bytesMax: bytesMax) {
        case .value(let text): return text
        case .absent: return nil
        case .failed(let code): throw RuleEnd(.failed(path: path, code))
        }
    }

    /// How old a file is, if it is older than it may be.
    func age(of path: String, over max: Duration?) throws(RuleEnd) -> Duration? {
        guard let max, let now else { return nil }
        switch tree.modified(path) {
        case .value(let time):
            // A file from the future was written by a host whose clock has been set back since: it is new enough.
            let age = Duration.nanoseconds(now.nanoseconds.subtractingReportingOverflow(time.nanoseconds).partialValue)
            return age > max ? age : nil
        case .absent: return nil
        case .failed(let code): throw RuleEnd(.failed(path: path, code))
        }
    }
}

extension JSONPointer {
    /// A list of scalars gives one text for each; null and what is not there give none.
    fileprivate func texts(in text: String, _ path: String) throws(RuleEnd) -> [String] {
        let documents: [YAMLNode]
        do throws(YAMLError) {
            documents = try YAMLNode.parse(text)
        } catch {
            throw RuleEnd(.malformed(path: path, "line \(error.line): \(error.message)"))
        }
        guard let found = documents.first.flatMap(value) else { return [] }
        var texts: [String] = []
        for node in found.items ?? [found] where !node.isNull {
            guard let text = node.scalarText else {
                throw RuleEnd(.malformed(path: path, "line \(node.mark.line): no text, number or list of them"))
            }
            texts.append(text.trimmed())
        }
        return texts
    }
}

extension HostTopology {
    /// One accelerator for each board that is known, partitions folded.
    var knownBoards: [Accelerator] { boards.map(\.first).filter(\.isKnown) }
}
