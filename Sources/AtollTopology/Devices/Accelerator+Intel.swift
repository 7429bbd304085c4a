extension Accelerator {
    /// What habanalabs says (`Documentation/ABI/testing/sysfs-driver-habanalabs`). Each of these asks the firmware.
    mutating func takeGaudi(_ tree: HostTree, _ function: PCIFunction) {
        let folder = PCIFunction.folder(function.address)
        moduleID = tree.text("\(folder)/module_id").value.flatMap { UInt32($0) }
        productName = tree.text("\(folder)/device_type").value?.printable(max: 64) ?? ""
        health.status = tree.text("\(folder)/status").value?.printable(max: 64) ?? ""
    }

    /// xe has a folder for each tile; i915 one for each graphics unit, in that of the card.
    mutating func takeTiles(_ tree: HostTree, _ function: PCIFunction) {
        let folder = PCIFunction.folder(function.address)
        func count(_ prefix: String, in folder: String) -> Int {
            tree.names(in: folder).value?.count { $0.isNumbered(prefix) } ?? 0
        }
        let card = tree.names(in: "\(folder)/drm").value?.first { $0.isNumbered("card") }
        let tiles = [count("tile", in: folder), card.map { count("gt", in: "\(folder)/drm/\($0)/gt") } ?? 0]
        tileCount = tiles.first { $0 > 0 }.map { UInt32($0) }
    }
}
