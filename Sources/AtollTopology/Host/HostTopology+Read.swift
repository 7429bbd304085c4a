import AtollModel

extension HostTopology {
    /// Reads everything below a root folder. Never fails: what cannot be read is missing from the value, and there is
    /// a warning for each thing that is there and cannot be read.
    ///
    /// Reads some hundreds of small files; executes nothing, writes nothing, opens no device.
    public static func read(root: String = "/", options: HostReadOptions = HostReadOptions()) -> HostTopology {
        read(HostTree(root: root), options)
    }

    /// Reads everything in a tree, such as that of a `HostRecorder`.
    public static func read(_ tree: HostTree, _ options: HostReadOptions = HostReadOptions()) -> HostTopology {
        var warnings = Warnings()
        if let flaw = tree.flaw { warnings.add(flaw) }
        var host = HostTopology()
        host.readIdentity(tree, &warnings)
        host.readDMI(tree, &warnings)
        host.readSystem(tree, &warnings)
        let pci = PCIScan(tree, warnings: &warnings)
        let scan = AcceleratorScan(tree, pci, options, warnings: warnings)
        host.accelerators = scan.accelerators
        let network = NetworkScan(tree, pci, warnings: scan.warnings)
        host.networkDevices = network.devices
        host.bridges = pci.bridges
        host.takeSwitches(tree, pci)
        host.takeDeviceMemory()
        host.takeFabric(of: scan)
        warnings = network.warnings
        host.cards = DRMCard.readAll(tree, &warnings)
        var findings = Findings()
        findings.addUnusable(of: host)
        findings.addDevices(of: host)
        findings.addLinks(of: host)
        findings.addPorts(of: host)
        host.findings = findings.all
        host.warnings = warnings.all
        return host
    }

    /// The host's name alone; empty where it has none.
    public static func hostname(root: String = "/") -> String {
        var warnings = Warnings()
        return line(hostnameFiles, HostTree(root: root), &warnings)
    }

    private mutating func readIdentity(_ tree: HostTree, _ warnings: inout Warnings) {
        hostname = Self.line(Self.hostnameFiles, tree, &warnings)
        machineID = Self.line(["etc/machine-id"], tree, &warnings)
        bootID = Self.line(["proc/sys/kernel/random/boot_id"], tree, &warnings)
        kernel = Self.line(["proc/sys/kernel/osrelease"], tree, &warnings)
    }

    private static let hostnameFiles = ["proc/sys/kernel/hostname", "etc/hostname"]

    /// The first of the files that is not empty.
    private static func line(_ paths: [String], _ tree: HostTree, _ warnings: inout Warnings) -> String {
        for path in paths {
            let text = tree.text(path)
            warnings.add(text, of: path)
            if let value = text.value, !value.isEmpty { return value.printable(max: 255) }
        }
        return ""
    }

    private mutating func readDMI(_ tree: HostTree, _ warnings: inout Warnings) {
        for field in Self.dmiFields + Self.dmiSerials {
            let path = "sys/class/dmi/id/\(field)"
            let text = tree.text(path)
            if case .failed(SystemCalls.notAllowed) = text, Self.dmiSerials.contains(field) { continue }
            warnings.add(text, of: path)
            dmi[field] = text.value?.printable(max: 255)
        }
    }

    private static let dmiFields = [
        "bios_date", "bios_release", "bios_vendor", "bios_version", "board_asset_tag", "board_name", "board_vendor",
        "board_version", "chassis_asset_tag", "chassis_type", "chassis_vendor", "chassis_version", "product_family",
        "product_name", "product_sku", "product_version", "smbios_version", "sys_vendor",
    ]

    /// For root only (`drivers/firmware/dmi-id.c`): not to be allowed is no failure.
    private static let dmiSerials = ["board_serial", "chassis_serial", "product_serial", "product_uuid"]

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
        return numbers.prefix(HostTree.entriesMax).map { NUMANode($0, "\(folder)/node\($0)", tree, &warnings) }
    }

    private init(_ number: UInt32, _ folder: String, _ tree: HostTree, _ warnings: inout Warnings) {
        let list = tree.text("\(folder)/cpulist")
        let cpus = list.flatMap(IDList.reading)
        warnings.add(cpus, of: "\(folder)/cpulist")
        self.init(number: number, cpus: cpus.value ?? [], cpuList: list.value?.printable(max: 255) ?? "")
        let distance = tree.text("\(folder)/distance")
        warnings.add(distance, of: "\(folder)/distance")
        distances = distance.value?.split(separator: " ").map { UInt32($0) ?? 0 } ?? []
        // `Node 0 MemTotal:       65792152 kB`
        let total = tree.text("\(folder)/meminfo").value?.lines().first { $0.contains(" MemTotal:") }
        let kibibytes = total?.split(separator: " ").dropFirst(3).first.flatMap { UInt64($0) } ?? 0
        memoryBytes = kibibytes.multipliedReportingOverflow(by: 1024).partialValue
    }
}

extension HostTree {
    /// A list such as `0-1,4`; nil, with a warning unless it is absent, when it cannot be read.
    fileprivate func idList(_ path: String, _ warnings: inout Warnings) -> [UInt32]? {
        let list = text(path).flatMap(IDList.reading)
        warnings.add(list, of: path)
        return list.value
    }
}
