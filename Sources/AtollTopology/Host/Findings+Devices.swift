import AtollModel

extension Findings {
    /// What the accelerators' own drivers say is wrong with them. Partitions share what is counted for their device.
    mutating func addDevices(of host: HostTopology) {
        var seen: Set<String> = []
        for entry in host.accelerators where seen.insert(entry.linkName).inserted {
            addMemoryErrors(of: entry)
        }
        addIncompleteDevices(of: host)
    }

    private mutating func addMemoryErrors(of entry: Accelerator) {
        if let count = entry.health.uncorrectableMemoryErrors, count > 0 {
            let errors = count == 1 ? "1 uncorrectable memory error" : "\(count) uncorrectable memory errors"
            add(.error, .memoryErrors, subject: entry.linkName, "\(errors) since the driver was loaded")
        }
        if let count = entry.health.badPages, count > 0 {
            let pages = count == 1 ? "1 memory page is" : "\(count) memory pages are"
            add(.warning, .memoryErrors, subject: entry.linkName, "\(pages) out of use for errors")
        }
    }

    /// Devices of one model have the same number of compute dies, however each of them is partitioned. Drivers that do
    /// not count dies partition nothing.
    private mutating func addIncompleteDevices(of host: HostTopology) {
        let devices = Dictionary(grouping: host.kfd?.gpus ?? [], by: \.address).sorted { $0.key < $1.key }
        var most: [UInt16: UInt64] = [:]
        let counts = devices.map { _, nodes in nodes.reduce(0) { $0 + UInt64(max($1.computeDieCount, 1)) } }
        for (index, device) in devices.enumerated() {
            let model = device.value[0].device
            most[model] = max(most[model] ?? 0, counts[index])
        }
        for (index, device) in devices.enumerated() where counts[index] < most[device.value[0].device] ?? 0 {
            let all = most[device.value[0].device] ?? 0
            add(
                .warning,
                .deviceIncomplete,
                subject: device.key.description,
                "\(counts[index]) of its \(all) compute dies have a KFD node, in \(device.value.count) partitions"
            )
        }
    }
}
