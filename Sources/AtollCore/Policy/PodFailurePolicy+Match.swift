import AtollJobSet
import AtollModel

extension PodFailurePolicy {
    /// A rule and what of a failed pod it matched.
    struct Match: Equatable {
        let action: Rule.Action
        private let index: Int
        private let fact: Fact

        enum Fact: Equatable {
            case exitCode(Int32, container: String)
            case condition(PodConditionType)
        }

        init(_ rule: Rule, index: Int, _ fact: Fact) {
            action = rule.action
            self.index = index
            self.fact = fact
        }

        /// Why a job fails by it, in the Job controller's words. Source: semantics b.6.
        ///
        /// - Parameter pod: `<namespace>/<name>`.
        func cause(pod: String) -> JobFailure.Cause {
            let rule = "matching \(action.rawValue) rule at index \(index)"
            let message =
                switch fact {
                case .exitCode(let code, let container):
                    "Container \(container) for pod \(pod) failed with exit code \(code) \(rule)"
                case .condition(let type): "Pod \(pod) has condition \(type.rawValue) \(rule)"
                }
            return JobFailure.Cause(reason: .podFailurePolicy, message: message)
        }
    }

    /// The first rule that a failed pod matches.
    func firstMatch(_ exit: PodExit) -> Match? {
        for (index, rule) in rules.enumerated() {
            if let fact = rule.fact(about: exit) { return Match(rule, index: index, fact) }
        }
        return nil
    }
}

extension PodFailurePolicy.Rule {
    fileprivate func fact(about exit: PodExit) -> PodFailurePolicy.Match.Fact? {
        if let code = exit.code, let onExitCodes, onExitCodes.match(code, of: exit.container) {
            return .exitCode(code, container: exit.container)
        }
        guard let condition = exit.condition,
            onPodConditions.contains(where: { $0.type == condition.rawValue && $0.status == .true })
        else { return nil }
        return .condition(condition)
    }
}

extension PodFailurePolicy.ExitCodes {
    /// What is known of a pod is the one container that decided.
    fileprivate func match(_ code: Int32, of container: String) -> Bool {
        guard code != 0, containerName == nil || containerName == container else { return false }
        return values.contains(code) == (self.operator == .in)
    }
}

extension PodExit {
    /// Why a pod ended that could do nothing about it; nil for one that ended by itself.
    fileprivate var condition: PodConditionType? {
        if cause == .lost || message.hasPrefix("LeaseExpired") { return .disruptionTarget }
        return cause == .startFailed ? .configIssue : nil
    }
}
