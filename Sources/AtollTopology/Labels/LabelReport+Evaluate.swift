public import AtollModel

extension LabelReport {
    /// The label that every host has, whatever its rules: the unique name of the host.
    public static let hostnameKey = "kubernetes.io/hostname"

    /// Runs a host's own rules and then those of its presets.
    public static func evaluate(
        _ rules: LabelRules,
        root: String,
        topology: HostTopology,
        host: HostID,
        now: Timestamp?
    ) -> LabelReport {
        let all = rules.all(for: LabelHost(tree: HostTree(root: root), topology: topology, now: now))
        return evaluate(all, root: root, topology: topology, host: host, now: now)
    }

    /// Runs the rules in order over the files below a root folder. Never fails; a rule that cannot be compiled (a
    /// configuration that was read has none) ends as `.invalid`.
    ///
    /// - Parameter topology: gives the kernel's host name, the machine id, the devices and what is computed.
    /// - Parameter host: becomes `kubernetes.io/hostname`.
    /// - Parameter now: the wall clock, for `maxAge`; nil for a saved tree, whose files do not age.
    public static func evaluate(
        _ rules: [LabelRule],
        root: String,
        topology: HostTopology,
        host: HostID,
        now: Timestamp?
    ) -> LabelReport {
        var evaluation = LabelEvaluation(LabelHost(tree: HostTree(root: root), topology: topology, now: now), host)
        for rule in rules { evaluation.run(rule) }
        return evaluation.report
    }
}
