import AtollModel

/// What all kinds of hosts have: CPUs, memory, names and firmware.
struct SystemPlan {
    var vendor: String
    var product: String
    var assetTag = "None"
    var kernel = "6.8.0-45-generic"
    var numaNodes: Int
    /// Hardware threads per NUMA node.
    var cpusPerNode: Int
    var memoryGiB: Int
}

extension HostGenerator {
    func addSystem(_ plan: SystemPlan, to tree: inout FileTree) {
        tree.file("proc/sys/kernel/hostname", name)
        tree.file("proc/sys/kernel/osrelease", plan.kernel)
        tree.file("proc/sys/kernel/random/boot_id", uuid("boot"))
        tree.file("etc/hostname", name)
        tree.file("etc/machine-id", id("machine/high").hexadecimal(digits: 16) + id("machine").hexadecimal(digits: 16))
        let kibibytes = plan.memoryGiB << 20
        tree.file("proc/meminfo", "MemTotal:       \(kibibytes) kB\nMemFree:        \(kibibytes / 2) kB")
        let firmware = "sys/devices/virtual/dmi/id"
        tree.files(
            firmware,
            [
                ("sys_vendor", plan.vendor), ("product_name", plan.product), ("chassis_asset_tag", plan.assetTag),
                ("board_asset_tag", "Not Specified"), ("bios_vendor", plan.vendor), ("chassis_type", "23"),
            ]
        )
        tree.link("sys/class/dmi/id", to: firmware)
        addNodes(plan, to: &tree)
    }

    private func addNodes(_ plan: SystemPlan, to tree: inout FileTree) {
        let system = "sys/devices/system"
        for list in ["online", "possible", "present"] {
            tree.file("\(system)/cpu/\(list)", "0-\(plan.numaNodes * plan.cpusPerNode - 1)")
        }
        let nodes = plan.numaNodes == 1 ? "0" : "0-\(plan.numaNodes - 1)"
        for list in ["online", "possible", "has_cpu", "has_memory"] { tree.file("\(system)/node/\(list)", nodes) }
        for node in 0..<plan.numaNodes {
            let folder = "\(system)/node/node\(node)"
            let first = node * plan.cpusPerNode
            tree.file("\(folder)/cpulist", "\(first)-\(first + plan.cpusPerNode - 1)")
            tree.file(
                "\(folder)/distance",
                (0..<plan.numaNodes).map { $0 == node ? "10" : "21" }.joined(separator: " ")
            )
            let kibibytes = (plan.memoryGiB << 20) / plan.numaNodes
            tree.file("\(folder)/meminfo", "Node \(node) MemTotal:       \(kibibytes) kB")
        }
    }

    /// The agent's configuration: a rule for each given island, then those of the kind.
    func addConfiguration(_ rules: String, to tree: inout FileTree) {
        let islandsFile = "etc/atoll/islands"
        var text = "# An example host, written by `atoll-agent make-host \(kind.rawValue)`.\nlabels:\n"
        for (key, _) in islands {
            text += "- key: \(key)\n  from: {envFile: {path: /\(islandsFile), key: \(key)}}\n"
        }
        tree.file("etc/atoll/agent.yaml", text + rules)
        if islands.isEmpty { return }
        tree.file(islandsFile, islands.map { "\($0)=\($1)" }.joined(separator: "\n"))
    }
}
