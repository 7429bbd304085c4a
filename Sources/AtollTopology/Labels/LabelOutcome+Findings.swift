import AtollModel

extension LabelOutcome {
    /// A sentence for a label that has no value because what should give it cannot be used.
    var warning: String? {
        guard let attempt = attempts.first(where: { $0.result.isFinal }) else { return nil }
        switch attempt.result {
        case .failed, .malformed: return "\(title) is not set: \(attempt.name) \(attempt.result)"
        case .value, .ambiguous, .notApplicable, .noInput, .rejected, .noMatch, .stale, .missingLabel,
            .missingVariable, .invalid, .notTried:
            return nil
        }
    }

    /// What a person should look at: no value because there are several, no value though one is required.
    var findings: [Finding] {
        if value != nil { return [] }
        var findings: [Finding] = []
        for attempt in attempts {
            guard case .ambiguous = attempt.result else { continue }
            let message = "\(title) is not set: \(attempt.name) \(attempt.result)"
            findings.append(Finding(.warning, .labelAmbiguous, subject: subject, message: message))
        }
        if attempts.contains(where: \.isRequired) {
            let reasons = attempts.map { "\($0.name) \($0.result)" }.joined(separator: "; ")
            let message = "\(title) is required and no rule gives it: \(reasons)"
            findings.append(Finding(.error, .labelMissing, subject: subject, message: message))
        }
        return findings
    }

    private var subject: String { device.isEmpty ? key : device }

    private var title: String { device.isEmpty ? "label \(key)" : "label \(key) of \(device)" }
}
