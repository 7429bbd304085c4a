import AtollModel

/// What the vendor's own files say about one PCI accelerator: identity, and whether it may be used.
struct VendorHealth: Equatable {
    /// UUID, serial number or unique id; empty where the vendor publishes none.
    var uniqueID = ""
    /// Whether the vendor's runtime counts the device: the right driver is bound and does not exclude it.
    var isEnumerated: Bool
    /// Why the device must not be used although its driver has it, as the end of a sentence; empty if it may.
    var complaint = ""
    /// What NVIDIA's driver says; nil for others.
    var nvidia: NVIDIAGPU?

    init(_ tree: HostTree, _ function: PCIFunction, _ kind: AcceleratorKind) {
        let folder = PCIFunction.folder(function.address)
        // vfio-pci holds a device for a virtual machine; only the TPU runtime uses it itself.
        isEnumerated = !function.driver.isEmpty && (function.driver != "vfio-pci" || kind.vendor == .google)
        switch kind.vendor {
        case .nvidia:
            guard let gpu = NVIDIAGPU(tree, function.address) else { return }
            nvidia = gpu
            uniqueID = gpu.uuid
            guard gpu.isExcluded else { return }
            isEnumerated = false
            complaint = "is excluded by its driver"
        case .habana:
            guard let status = tree.text("\(folder)/status").value, status.lowercased() != "operational" else { return }
            complaint = "is not operational: \(status.printable(max: 64))"
        case .amd, .google, .intel, .aws, .other: break
        }
    }
}
