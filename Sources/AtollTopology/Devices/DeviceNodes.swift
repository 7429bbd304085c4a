import AtollModel

/// Which files of `/dev` belong to PCI functions, by the folders that their drivers make in sysfs.
struct DeviceNodes {
    private let tree: HostTree
    /// Names in `/sys/class/accel`, by the address of their PCI function. Both of upstream's drivers and of Google's.
    let accel: [PCIAddress: String]

    init(_ tree: HostTree, _ warnings: inout Warnings) {
        self.tree = tree
        let folder = "sys/class/accel"
        let names = tree.names(in: folder)
        warnings.add(names, of: folder)
        // `accel_controlD<n>` is no device.
        let devices = (names.value ?? []).filter { $0.isNumbered("accel") }.compactMap { name in
            tree.pciParent(of: "\(folder)/\(name)").map { ($0, name) }
        }
        accel = Dictionary(devices, uniquingKeysWith: { first, _ in first })
    }

    /// Empty where nothing says.
    func path(of function: PCIFunction, _ vendor: AcceleratorVendor) -> String {
        if function.driver == "vfio-pci" { return function.iommuGroup.map { "/dev/vfio/\($0)" } ?? "" }
        if let name = accel[function.address] {
            // Google's driver has the class of upstream's and another place for its nodes.
            return vendor == .google ? "/dev/\(name)" : "/dev/accel/\(name)"
        }
        guard vendor == .amd || vendor == .intel else { return "" }
        let names = tree.names(in: "\(PCIFunction.folder(function.address))/drm").value ?? []
        return names.first { $0.isNumbered("renderD") }.map { "/dev/dri/\($0)" } ?? ""
    }
}
