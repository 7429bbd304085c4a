import AtollModel

extension JobSetRules {
    /// Source: `batch/v1` validation.
    mutating func checkPodFailurePolicy(_ job: JobSpec, at path: FieldPath) {
        guard let policy = job.podFailurePolicy else { return }
        for (index, rule) in policy.rules.enumerated() {
            check(rule, of: job, at: path.field("podFailurePolicy", "rules").index(index))
        }
        if job.podReplacementPolicy != .failed {
            let value = job.podReplacementPolicy.rawValue
            let message = "Unsupported value: \"\(value)\": supported values: \"Failed\""
            findings.refuse(path.field("podReplacementPolicy"), message)
        }
        requireNever(job.pod, for: "podFailurePolicy", at: path)
    }

    private mutating func check(_ rule: PodFailurePolicy.Rule, of job: JobSpec, at path: FieldPath) {
        if rule.action == .failIndex, job.backoffLimitPerIndex == nil {
            let message = "requires the backoffLimitPerIndex to be set"
            findings.refuse(path.field("action"), value: rule.action.rawValue, message)
        }
        switch (rule.onExitCodes, rule.onPodConditions.isEmpty) {
        case (nil, true):
            findings.refuse(path, "Invalid value: specifying one of OnExitCodes and OnPodConditions is required")
        case (_?, false):
            findings.refuse(path, "Invalid value: specifying both OnExitCodes and OnPodConditions is not supported")
        case (_?, true), (nil, false): break
        }
        if let codes = rule.onExitCodes { check(codes, of: job.pod, at: path.field("onExitCodes")) }
        for (index, condition) in rule.onPodConditions.enumerated() {
            check(condition, at: path.field("onPodConditions").index(index))
        }
    }

    private mutating func check(_ codes: PodFailurePolicy.ExitCodes, of pod: PodTemplate, at path: FieldPath) {
        let containers = pod.initContainers + pod.containers
        if let name = codes.containerName, !containers.contains(where: { $0.spec.name == name }) {
            let message = "must be one of the container or initContainer names in the pod template"
            findings.refuse(path.field("containerName"), value: name, message)
        }
        let values = path.field("values")
        if codes.values.isEmpty { findings.refuse(values, "Invalid value: []: at least one value is required") }
        var seen: Set<Int32> = []
        for (index, code) in codes.values.enumerated() {
            if code == 0, codes.operator == .in {
                findings.refuse(values.index(index), "Invalid value: 0: must not be 0 for the In operator")
            }
            if !seen.insert(code).inserted { findings.refuse(values.index(index), "Duplicate value: \(code)") }
        }
        if codes.values != codes.values.sorted() {
            findings.refuse(values, "Invalid value: \(codes.values): must be ordered")
        }
    }

    /// Elsewhere anybody may give pods conditions of their own; here nobody can.
    private mutating func check(_ condition: PodFailurePolicy.PodCondition, at path: FieldPath) {
        let messages = NameRules.qualifiedName(condition.type)
        refuse(path.field("type"), condition.type, messages)
        guard messages.isEmpty else { return }
        if PodConditionType(rawValue: condition.type) == nil || condition.status != .true {
            let known = PodConditionType.allCases.map(\.rawValue).joined(separator: " and ")
            findings.ignore(path, "no pod here is ever so; failed ones may have \(known), with status True")
        }
    }
}
