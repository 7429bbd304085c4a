public import AtollModel
public import AtollYAML

extension Page {
    /// A host with its devices, its islands, and the pods that run on it.
    public static func host(
        _ object: YAMLNode,
        devices: [YAMLNode],
        islands: [YAMLNode],
        pods: [YAMLNode],
        now: Timestamp
    ) -> Page {
        let status = object["status"]
        var page = Page()
        page.metadata(of: object, now: now)
        page.field("State", cell: .state(status?.text("state")))
        page.field("Reason", status?.text("reason"))
        page.field("Opens", status?.text("opensAt"))
        page.field("Last heard", status?.time("lastHeard")?.withAge(at: now))
        page.field("Pod lease", status?.text("podLease"))
        page.field("Address", status?.text("address"))
        page.field("Claimed by", status?.text("claimedBy"))
        page.field("Islands", values: islandsAround(object.objectName, in: islands))
        page.field("Accelerator", status?.text("accelerator"))
        page.field("Devices", object.share("freeDevices", of: "devices").map { "\($0) free" })
        page.field("Model", status?.text("model"))
        page.field("CPUs", object.processors)
        page.field("Memory", object.number("status", "memoryBytes").map(Self.memory))
        page.field("Kernel", status?.text("kernel"))
        page.field("Boot", status?.text("bootID"))
        page.field("Agent", status?.text("agentVersion"))
        page.field("Warnings", values: object.texts("status", "warnings"))
        page.findings(of: object)
        page.table("Devices", deviceTable(devices))
        page.table("Pods", podTable(pods, now: now))
        return page
    }

    /// What stands above a host's own view of itself: how it is used, and what is wrong with it.
    public static func standing(of object: YAMLNode, devices: [YAMLNode]) -> Page {
        var page = Page()
        page.field("Name", object.objectName)
        page.field("State", cell: .state(object.text("status", "state")))
        page.field("Reason", object.text("status", "reason"))
        page.field("Claimed by", object.text("status", "claimedBy"))
        page.field("Devices", object.share("freeDevices", of: "devices").map { "\($0) free" })
        page.findings(of: object)
        var table = Table(titles: ["INDEX", "PCI", "POD"])
        for device in devices where device.text("status", "pod") != nil {
            table.append([
                Cell(device.text("status", "index")), Cell(device.text("status", "pci")),
                Cell(device.text("status", "pod")),
            ])
        }
        page.table("Devices in use", table)
        return page
    }

    /// An island with its hosts and the pods that run on them.
    public static func island(_ object: YAMLNode, hosts: [YAMLNode], pods: [YAMLNode], now: Timestamp) -> Page {
        var page = Page()
        page.metadata(of: object, now: now)
        page.field("Key", object.text("status", "topologyKey"))
        page.field("State", cell: .state(object.text("status", "state")))
        page.field("Claimed by", object.text("status", "claimedBy"))
        page.field("Accelerator", object.text("status", "accelerator"))
        page.field("Devices", object.share("freeDevices", of: "devices").map { "\($0) free" })
        page.field("Hosts", object.share("readyHosts", of: "hosts").map { "\($0) ready" })
        var table = Table(titles: ["NAME", "STATE", "DEVICES", "JOB", "ADDRESS", "FINDINGS"])
        for host in hosts {
            table.append([
                Cell(host.objectName), .state(host.text("status", "state")),
                Cell(host.share("freeDevices", of: "devices")), Cell(host.text("status", "claimedBy")),
                Cell(host.text("status", "address")), .findings(host.findingCounts),
            ])
        }
        page.table("Hosts", table)
        page.table("Pods", podTable(pods, now: now))
        return page
    }

    private static func islandsAround(_ host: String, in islands: [YAMLNode]) -> [String] {
        islands.filter { $0.hostsOfIsland.contains(host) }.map { island in
            let key = island.text("status", "topologyKey") ?? "no key"
            return "\(island.objectName) (\(key)), \(island.text("status", "state") ?? "Unknown")"
        }
    }

    private static func deviceTable(_ devices: [YAMLNode]) -> Table {
        var table = Table(titles: ["INDEX", "STATE", "MODEL", "PCI", "NUMA", "DRIVER", "POD"])
        for device in devices {
            table.append([
                Cell(device.text("status", "index")), .state(device.text("status", "state")),
                Cell(device.text("status", "model")), Cell(device.text("status", "pci")),
                Cell(device.text("status", "numaNode")), Cell(device.text("status", "driver")),
                Cell(device.text("status", "pod")),
            ])
        }
        return table
    }

    /// In binary units with one decimal: `125.8 GiB`.
    static func memory(_ bytes: Int) -> String {
        let units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"]
        var unit = 0
        var scale = 1
        while unit < units.count - 1, bytes / scale >= 1024 {
            scale *= 1024
            unit += 1
        }
        let tenths = bytes / (scale / min(scale, 1024)) * 10 / min(scale, 1024)
        return unit == 0 || tenths % 10 == 0
            ? "\(tenths / 10) \(units[unit])" : "\(tenths / 10).\(tenths % 10) \(units[unit])"
    }
}

extension YAMLNode {
    fileprivate var processors: String? {
        guard let processors = text("status", "cpus") else { return nil }
        return number("status", "numaNodes").map { "\(processors) in \(counted($0, "NUMA node"))" } ?? processors
    }
}
