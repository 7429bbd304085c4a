import AtollModel

extension HostTopology {
    /// Reads everything below a root folder. Never fails: what cannot be read is missing from the value, and there is
    /// a warning for each thing that is there and cannot be read.
    ///
    /// Reads some hundreds of small files; executes nothing, writes nothing, opens no device.
    public static func read(root: String = "/") -> HostTopology {
        let tree = HostTree(root: root)
        var warnings = Warnings()
        var host = HostTopology()
        host.readIdentity(tree, &warnings)
        host.readDMI(tree, &warnings)
        host.readSystem(tree, &warnings)
        let scan = AcceleratorScan(tree, warnings: warnings)
        host.accelerators = scan.accelerators
        host.nvswitches = scan.nvswitches
        host.warnings = scan.warnings.all
        return host
    }

    private mutating func readIdentity(_ tree: HostTree, _ warnings: inout Warnings) {
        func line(_ paths: String...) -> String {
            for path in paths {
                let text = tree.text(path)
                warnings.add(text, of: path)
                if let value = text.value, !value.isEmpty { return value.printable(max: 255) }
            }
            return ""
        }
        hostname = line("proc/sys/kernel/hostname", "etc/hostname")
        machineID = line("etc/machine-id")
        bootID = line("proc/sys/kernel/random/boot_id")
        kernel = line("proc/sys/kernel/osrelease")
    }

    private mutating func readDMI(_ tree: HostTree, _ warnings: inout Warnings) {
        for field in Self.dmiFields {
            let path = "sys/class/dmi/id/\(field)"
            let text = tree.text(path)
            warnings.add(text, of: path)
            if let value = text.value?.printable(max: 255), !LabelValue.isPlaceholder(value) { dmi[field] = value }
        }
    }

    /// The fields that everybody may read; serial numbers are for root (`drivers/firmware/dmi-id.c`) and not needed.
    private static let dmiFields = [
        "bios_vendor", "bios_version", "board_asset_tag", "board_name", "board_vendor", "board_version",
        "chassis_asset_tag", "chassis_type", "chassis_vendor", "chassis_version", "product_family", "product_name",
        "product_sku", "product_version", "sys_vendor",
    ]

    private mutating func readSystem(_ tree: HostTree, _ warnings: inout Warnings) {
        let meminfo = tree.text("proc/meminfo")
        warnings.add(meminfo, of: "proc/meminfo")
        let total = meminfo.value.flatMap { Properties($0, separator: ":")["MemTotal"] }
        if let kibibytes = total.flatMap({ UInt64($0.prefix { $0 != " " }) }) {
            memoryBytes = kibibytes.multipliedReportingOverflow(by: 1024).partialValue
        }
        numaNodes = NUMANode.readAll(tree, &warnings)
        let online = tree.idList("sys/devices/system/cpu/online", &warnings)
        cpuCount = UInt32(clamping: online?.count ?? numaNodes.reduce(0) { $0 + $1.cpus.count })
    }
}

extension NUMANode {
    fileprivate static func readAll(_ tree: HostTree, _ warnings: inout Warnings) -> [NUMANode] {
        let folder = "sys/devices/system/node"
        let numbers =
            tree.idList("\(folder)/online", &warnings)
            ?? tree.names(in: folder).value?.filter { $0.isNumbered("node") }.compactMap { UInt32($0.dropFirst(4)) }
            .sorted() ?? []
        return numbers.prefix(HostTree.entriesMax).map { number in
            let path = "\(folder)/node\(number)/cpulist"
            let cpus = tree.idList(path, &warnings) ?? []
            return NUMANode(number: number, cpus: cpus, cpuList: tree.text(path).value?.printable(max: 255) ?? "")
        }
    }
}

extension HostTree {
    /// A list such as `0-1,4`; nil, with a warning unless it is absent, when it cannot be read.
    fileprivate func idList(_ path: String, _ warnings: inout Warnings) -> [UInt32]? {
        let list = text(path).flatMap { text in
            IDList.parse(text).map { .value($0) } ?? Reading.failed(SystemCalls.notANumber)
        }
        warnings.add(list, of: path)
        return list.value
    }
}
