public import AtollModel

extension LabelReport {
    /// The label that every host has, whatever its rules: the unique name of the host.
    public static let hostnameKey = "kubernetes.io/hostname"

    /// Runs the rules in order over the files below a root folder. Never fails; a rule that cannot be compiled (a
    /// configuration that was read has none) ends as `.invalid`.
    ///
    /// - Parameter topology: gives the kernel's host name and the machine id.
    /// - Parameter host: becomes `kubernetes.io/hostname`.
    public static func evaluate(
        _ rules: [LabelRule],
        root: String,
        topology: HostTopology,
        host: HostID
    ) -> LabelReport {
        var evaluation = LabelEvaluation(tree: HostTree(root: root), topology: topology)
        evaluation.labels[hostnameKey] = host.name
        for (index, rule) in rules.enumerated() { evaluation.run(rule, number: index + 1) }
        return LabelReport(
            labels: evaluation.labels,
            outcomes: evaluation.outcomes,
            warnings: evaluation.outcomes.compactMap { $0.warning(rules) }
        )
    }
}

/// The rules of one host while they run.
private struct LabelEvaluation {
    let tree: HostTree
    let topology: HostTopology
    var labels = Labels()
    var outcomes: [LabelOutcome] = []

    mutating func run(_ rule: LabelRule, number: Int) {
        let position = outcomes.firstIndex { $0.key == rule.key } ?? outcomes.count
        if position == outcomes.count {
            outcomes.append(LabelOutcome(key: rule.key, value: nil, rawValue: "", attempts: []))
        }
        let isDecided = outcomes[position].attempts.contains { $0.result.isFinal }
        let result = isDecided ? .notTried : self.result(of: rule)
        outcomes[position].attempts.append(LabelAttempt(rule: number, line: rule.line, result: result))
        guard case .value(let raw) = result else { return }
        let value = LabelValue.sanitised(raw)
        outcomes[position].rawValue = raw
        outcomes[position].value = value
        labels[rule.key] = value
    }

    private func result(of rule: LabelRule) -> LabelResult {
        let program: LabelProgram
        do throws(LabelProgram.Flaw) {
            program = try LabelProgram(rule)
        } catch {
            return .invalid(error.message)
        }
        var inputs: [String] = []
        switch read(rule.source, program.glob) {
        case .success(let texts): inputs = texts
        case .failure(let failure): return .failed(path: failure.path, failure.code)
        }
        if inputs.isEmpty { return .noInput }
        let rejected = Set(rule.reject.map { $0.lowercased() })
        let isMissing = { (text: String) in LabelValue.isPlaceholder(text) || rejected.contains(text.lowercased()) }
        let accepted = rule.source.isConstant ? inputs : inputs.filter { !isMissing($0) }
        if accepted.isEmpty { return .rejected(inputs) }
        var values: [String] = []
        for input in accepted {
            guard let (captured, groups) = program.capture(input) else { continue }
            switch format(program.format, rule.map[captured] ?? captured, groups) {
            case .success(let value): values.append(value)
            case .failure(let missing): return .missingLabel(missing.key)
            }
        }
        return values.isEmpty ? .noMatch(accepted) : rule.reduce.reduce(values)
    }

    private struct ReadFailure: Error {
        var path: String
        var code: Int32
    }

    /// The texts of a source, in order; files that are not there give none.
    private func read(_ source: LabelSource, _ glob: Glob?) -> Result<[String], ReadFailure> {
        switch source {
        case .const(let text): return .success([text])
        case .hostname: return .success(topology.hostname.isEmpty ? [] : [topology.hostname])
        case .sysfs, .dmi, .file, .envFile: break
        }
        guard let glob else { return .success([]) }
        var texts: [String] = []
        let paths = glob.paths(in: tree)
        if case .failed(let code) = paths { return .failure(ReadFailure(path: source.pathPattern ?? "", code: code)) }
        for path in paths.value ?? [] {
            switch tree.text(path, bytesMax: source.bytesMax) {
            case .value(let text):
                guard case .envFile(_, let key) = source else { texts.append(text); continue }
                if let value = EnvironmentFile(text)[key] { texts.append(value) }
            case .absent: continue
            case .failed(let code): return .failure(ReadFailure(path: path, code: code))
            }
        }
        return .success(texts)
    }

    private struct MissingLabel: Error {
        var key: String
    }

    private func format(_ parts: [FormatPart], _ value: String, _ groups: Labels) -> Result<String, MissingLabel> {
        var text = ""
        for part in parts {
            switch part {
            case .text(let fixed): text += fixed
            case .value: text += value
            case .hostname: text += topology.hostname
            case .machineID: text += topology.machineID
            case .group(let name): text += groups[name] ?? ""
            case .label(let key):
                guard let label = labels[key] else { return .failure(MissingLabel(key: key)) }
                text += label
            }
        }
        return .success(text)
    }
}

extension LabelReduction {
    /// - Parameter values: at least one.
    fileprivate func reduce(_ values: [String]) -> LabelResult {
        let distinct = Set(values).sorted()
        switch self {
        case .first: return .value(values[0])
        case .uniqueJoin: return .value(distinct.joined(separator: "-"))
        case .allEqual: return distinct.count == 1 ? .value(distinct[0]) : .ambiguous(distinct)
        }
    }
}

extension LabelSource {
    fileprivate var isConstant: Bool { if case .const = self { true } else { false } }

    fileprivate var bytesMax: Int {
        switch self {
        case .sysfs, .dmi, .hostname, .const: HostTree.attributeBytesMax
        case .file, .envFile: HostTree.fileBytesMax
        }
    }
}

extension LabelOutcome {
    /// A sentence for a key that has no value though it should, or should not be trusted; nil otherwise.
    fileprivate func warning(_ rules: [LabelRule]) -> String? {
        if value != nil { return nil }
        for attempt in attempts {
            switch attempt.result {
            case .ambiguous, .failed: return "label \(key) is not set: rule \(attempt.rule) \(attempt.result)"
            case .value, .noInput, .rejected, .noMatch, .missingLabel, .invalid, .notTried: continue
            }
        }
        guard attempts.contains(where: { !rules[$0.rule - 1].isOptional }) else { return nil }
        return "label \(key) is required and no rule gives it: "
            + attempts.map { "rule \($0.rule) \($0.result)" }.joined(separator: "; ")
    }
}
