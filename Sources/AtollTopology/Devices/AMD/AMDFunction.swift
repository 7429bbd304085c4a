/// What amdgpu puts into the folder of a PCI function (kernel documentation `gpu/amdgpu`), for a whole GPU.
struct AMDFunction: Equatable {
    var uniqueID = ""
    var serialNumber = ""
    var productName = ""
    var hive: UInt64?
    var computePartition = ""
    var memoryPartition = ""
    /// Of all its memory; 0 where the driver does not say.
    var memoryBytes: UInt64 = 0
    var health = DeviceHealth()
    var peers: [XGMIPeer] = []

    init(_ tree: HostTree, _ address: PCIAddress, _ options: HostReadOptions) {
        let folder = PCIFunction.folder(address)
        func line(_ name: String) -> String {
            let text = tree.text("\(folder)/\(name)").value?.printable(max: 64) ?? ""
            return LabelValue.isPlaceholder(text) ? "" : text
        }
        uniqueID = line("unique_id")
        serialNumber = line("serial_number")
        productName = line("product_name")
        hive = UInt64(line("xgmi_hive_info/xgmi_hive_id")).flatMap(KFDNode.hive)
        computePartition = line("current_compute_partition")
        memoryPartition = line("current_memory_partition")
        memoryBytes = UInt64(line("mem_info_vram_total")) ?? 0
        health.badPages = AMDErrors.badPages(tree, folder)
        if options.readsCountersThatReset, let errors = AMDErrors(tree, folder) {
            health.correctableMemoryErrors = errors.correctable
            health.uncorrectableMemoryErrors = errors.uncorrectable
        }
        if hive != nil { peers = XGMIPeer.read(tree, folder, of: address) }
    }
}

/// RAS counters since the driver was loaded, summed over the blocks of a GPU. To read them resets the hardware's.
struct AMDErrors: Equatable {
    var correctable: UInt64 = 0
    var uncorrectable: UInt64 = 0

    /// Nil where no block has a counter.
    init?(_ tree: HostTree, _ folder: String) {
        let files = (tree.names(in: "\(folder)/ras").value ?? []).filter { $0.hasSuffix("_err_count") }
        // `ue: 0`, `ce: 7`, and for memory `de:`, which counts what was found before it was used. A block that cannot
        // be asked now says so in words.
        let blocks = files.compactMap { tree.text("\(folder)/ras/\($0)").value }
            .map { Properties($0, separator: ":") }
            .filter { $0["ue"] != nil || $0["ce"] != nil }
        if blocks.isEmpty { return nil }
        for block in blocks {
            correctable = correctable.addingReportingOverflow(block.number("ce") ?? 0).partialValue
            uncorrectable = uncorrectable.addingReportingOverflow(block.number("ue") ?? 0).partialValue
        }
    }

    /// Memory pages that are retired, will be, or could not be: one line each, `0x00000001 : 0x00001000 : R`.
    static func badPages(_ tree: HostTree, _ folder: String) -> UInt64? {
        let pages = tree.text("\(folder)/ras/gpu_vram_bad_pages", bytesMax: HostTree.fileBytesMax)
        return pages.value.map { text in UInt64(text.lines().filter { $0.hasPrefix("0x") }.count) }
    }
}

/// Another GPU of the hive, as one of them sees it.
struct XGMIPeer: Equatable {
    var address: PCIAddress
    var hops: UInt32
    var links: UInt32

    /// `xgmi_num_hops` and `xgmi_num_links` have one hexadecimal byte for each node of the hive, in the order of the
    /// links `node1`, `node2` and so on. Without those, or when the place of the GPU itself has no zero, nothing is
    /// known.
    static func read(_ tree: HostTree, _ folder: String, of address: PCIAddress) -> [XGMIPeer] {
        let hops = bytes(tree, "\(folder)/xgmi_num_hops")
        let links = bytes(tree, "\(folder)/xgmi_num_links")
        if hops.isEmpty && links.isEmpty { return [] }
        let names = (tree.names(in: "\(folder)/xgmi_hive_info").value ?? []).filter { $0.isNumbered("node") }
        let nodes = names.sorted { (Int($0.dropFirst(4)) ?? 0) < (Int($1.dropFirst(4)) ?? 0) }
            .map { tree.linkName("\(folder)/xgmi_hive_info/\($0)").value.flatMap { PCIAddress($0) } }
        let columns = [hops, links].filter { !$0.isEmpty }
        guard columns.allSatisfy({ $0.count == nodes.count }), let own = nodes.firstIndex(of: address),
            columns.allSatisfy({ $0[own] == 0 })
        else { return [] }
        return nodes.indices.filter { $0 != own }.compactMap { index in
            nodes[index].map { peer in
                XGMIPeer(
                    address: peer,
                    hops: hops.isEmpty ? 0 : hops[index],
                    links: links.isEmpty ? 0 : links[index]
                )
            }
        }
    }

    private static func bytes(_ tree: HostTree, _ path: String) -> [UInt32] {
        let words = tree.text(path).value?.split(separator: " ") ?? []
        let bytes = words.compactMap { UInt32($0, radix: 16) }
        return bytes.count == words.count ? bytes : []
    }
}
