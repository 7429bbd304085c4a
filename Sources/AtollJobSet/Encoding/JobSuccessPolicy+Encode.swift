import AtollYAML

extension JobSuccessPolicy {
    var node: YAMLNode {
        let rules = rules.map { rule in
            YAMLNode.object([
                ("succeededCount", rule.succeededCount.map { .int($0) }),
                ("succeededIndexes", rule.succeededIndexes.map { .string("\($0)") }),
            ])
        }
        return .object([("rules", .list(rules))])
    }
}
