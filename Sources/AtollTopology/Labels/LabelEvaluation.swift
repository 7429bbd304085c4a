import AtollModel

/// The rules of one host while they run.
struct LabelEvaluation {
    /// Where a label goes: a key of the host, or of the device with a PCI address.
    private struct Slot: Hashable {
        var device: String
        var key: String
    }

    private let host: LabelHost
    private var values = LabelValues()
    private var outcomes: [LabelOutcome] = []
    private var positions: [Slot: Int] = [:]
    /// Rules so far of each preset, and of the host's own under the empty name.
    private var counts: [String: Int] = [:]

    init(_ host: LabelHost, _ id: HostID) {
        self.host = host
        if !id.name.isEmpty { values.host[LabelReport.hostnameKey] = id.name }
    }

    mutating func run(_ rule: LabelRule) {
        counts[rule.preset, default: 0] += 1
        let number = counts[rule.preset, default: 0]
        let targets: [Accelerator?] =
            rule.scope == .host ? [nil] : host.topology.knownBoards.filter { !$0.device.pciAddress.isEmpty }
        let positions = targets.map { position(of: Slot(device: $0?.device.pciAddress ?? "", key: rule.key)) }
        // Compiled once for all devices, and not at all when every one has its value already.
        let program = positions.contains { !outcomes[$0].isDecided } ? Self.compile(rule) : .failure(RuleEnd(.notTried))
        for (target, position) in zip(targets, positions) {
            let result = outcomes[position].isDecided ? .notTried : result(of: program, on: target)
            record(result, of: rule, number: number, at: position)
        }
    }

    private mutating func position(of slot: Slot) -> Int {
        if let position = positions[slot] { return position }
        positions[slot] = outcomes.count
        outcomes.append(LabelOutcome(key: slot.key, device: slot.device))
        return outcomes.count - 1
    }

    private mutating func record(_ result: LabelResult, of rule: LabelRule, number: Int, at position: Int) {
        outcomes[position].attempts.append(
            LabelAttempt(
                preset: rule.preset,
                rule: number,
                line: rule.line,
                isRequired: !rule.isOptional && result.applies,
                result: result
            )
        )
        guard case .value(let raw) = result else { return }
        outcomes[position].rawValue = raw
        outcomes[position].value = LabelValue.sanitised(raw)
        values.set(rule.key, raw, on: outcomes[position].device)
    }

    private static func compile(_ rule: LabelRule) -> Result<LabelProgram, RuleEnd> {
        Result { () throws(RuleEnd) in
            try RuleEnd.ifFlawed { () throws(LabelProgram.Flaw) in try LabelProgram(rule) }
        }
    }

    private func result(of program: Result<LabelProgram, RuleEnd>, on device: Accelerator?) -> LabelResult {
        do throws(RuleEnd) {
            return try program.get().run(LabelScene(host: host, device: device, labels: values))
        } catch {
            return error.result
        }
    }

    var report: LabelReport {
        var report = LabelReport(outcomes: outcomes)
        report.labels[LabelReport.hostnameKey] = values.host[LabelReport.hostnameKey]
        for outcome in outcomes {
            guard let value = outcome.value else { continue }
            if outcome.device.isEmpty {
                report.labels[outcome.key] = value
            } else {
                report.deviceLabels[outcome.device] = (report.deviceLabels[outcome.device] ?? [:])
                    .merging([outcome.key: value])
            }
        }
        report.warnings = outcomes.compactMap(\.warning)
        // The sort is stable: in the order of the rules within a severity.
        report.findings = outcomes.flatMap(\.findings).sorted { $0.severity > $1.severity }
        return report
    }
}

extension LabelProgram {
    /// The value of the rule for one device, or for the host.
    ///
    /// - Throws: when it yields none, with the reason.
    fileprivate func run(_ scene: LabelScene) throws(RuleEnd) -> LabelResult {
        if let objection = try guards.objection(scene.host, scene.device) { return .notApplicable(objection) }
        let inputs = try scene.inputs(of: self)
        if inputs.isEmpty { return .noInput }
        let accepted = rule.source.isConstant ? inputs : inputs.filter { !isMissing($0) }
        if accepted.isEmpty { return .rejected(inputs) }
        var values: [String] = []
        for input in accepted {
            if let value = try value(of: input, scene) { values.append(value) }
        }
        return values.isEmpty ? .noMatch(accepted) : rule.reduce.reduce(values)
    }

    private func isMissing(_ input: String) -> Bool {
        LabelValue.isPlaceholder(input) || rule.reject.contains { $0.lowercased() == input.lowercased() }
    }
}
