import AtollYAML

extension PodFailurePolicy {
    init(_ node: YAMLNode) { self.init(rules: node.list("rules").map(Rule.init)) }
}

extension PodFailurePolicy.Rule {
    fileprivate init(_ node: YAMLNode) {
        self.init(
            action: node.choice("action") ?? .count,
            onExitCodes: node.value("onExitCodes").map(PodFailurePolicy.ExitCodes.init),
            onPodConditions: node.list("onPodConditions").map { item in
                PodFailurePolicy.PodCondition(type: item.text("type") ?? "", status: item.choice("status") ?? .true)
            }
        )
    }
}

extension PodFailurePolicy.ExitCodes {
    fileprivate init(_ node: YAMLNode) {
        self.init(
            containerName: node.text("containerName"),
            operator: node.choice("operator") ?? .in,
            values: node.int32s("values")
        )
    }
}
