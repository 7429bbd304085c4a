public import AtollModel

extension LabelReport {
    /// The label that every host has, whatever its rules: the unique name of the host.
    public static let hostnameKey = "kubernetes.io/hostname"

    /// Runs a host's own rules and then those of its presets, in order, over the files of a tree. Never fails; a rule
    /// that cannot be compiled (a configuration that was read has none) ends as `.invalid`.
    ///
    /// - Parameter topology: gives the kernel's host name, the machine id, the devices and what is computed.
    /// - Parameter host: becomes `kubernetes.io/hostname`, unless it has no name, as a host of which there is no more than
    ///   some files.
    /// - Parameter now: the wall clock, for `maxAge`; nil for a saved tree, whose files do not age.
    public static func evaluate(
        _ rules: LabelRules,
        in tree: HostTree,
        topology: HostTopology,
        host: HostID,
        now: Timestamp?
    ) -> LabelReport {
        let labelled = LabelHost(tree: tree, topology: topology, now: now)
        var evaluation = LabelEvaluation(labelled, host)
        for rule in rules.all(for: labelled) { evaluation.run(rule) }
        return evaluation.report
    }

    /// The same over the files below a root folder.
    public static func evaluate(
        _ rules: LabelRules,
        root: String,
        topology: HostTopology,
        host: HostID,
        now: Timestamp?
    ) -> LabelReport {
        evaluate(rules, in: HostTree(root: root), topology: topology, host: host, now: now)
    }
}
