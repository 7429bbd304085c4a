import AtollYAML

extension PodFailurePolicy {
    var node: YAMLNode { .object([("rules", .list(rules.map(\.node)))]) }
}

extension PodFailurePolicy.Rule {
    fileprivate var node: YAMLNode {
        .object([
            ("action", .string(action.rawValue)),
            ("onExitCodes", onExitCodes?.node),
            ("onPodConditions", onPodConditions.isEmpty ? nil : .list(onPodConditions.map(\.node))),
        ])
    }
}

extension PodFailurePolicy.ExitCodes {
    fileprivate var node: YAMLNode {
        .object([
            ("containerName", containerName.map(YAMLNode.string)),
            ("operator", .string(`operator`.rawValue)),
            ("values", .integers(values)),
        ])
    }
}

extension PodFailurePolicy.PodCondition {
    fileprivate var node: YAMLNode {
        .object([("status", .string(status.rawValue)), ("type", .string(type))])
    }
}
