extension DeviceHealth {
    /// With what the kernel has counted for a PCI function; it counts nothing where the firmware keeps errors to itself.
    ///
    /// Source: `Documentation/ABI/testing/sysfs-bus-pci-devices-aer_stats`.
    init(linkErrorsOf address: PCIAddress, _ tree: HostTree, warnings: inout Warnings) {
        let folder = PCIFunction.folder(address)
        func total(_ name: String) -> UInt64? {
            let text = tree.text("\(folder)/\(name)")
            warnings.add(text, of: "\(folder)/\(name)")
            return text.value.flatMap { Self.total(of: $0) }
        }
        // The three come together.
        correctableLinkErrors = total("aer_dev_correctable")
        if correctableLinkErrors == nil { return }
        nonFatalLinkErrors = total("aer_dev_nonfatal")
        fatalLinkErrors = total("aer_dev_fatal")
    }

    /// The number of the line `TOTAL_ERR_...`. The names of the other lines differ between the kernel and its own
    /// document, and some have spaces in them.
    static func total(of text: String) -> UInt64? {
        text.lines().last { $0.hasPrefix("TOTAL_") }.flatMap { $0.split(separator: " ").last }.flatMap { UInt64($0) }
    }

    mutating func takeLinkErrors(of other: DeviceHealth) {
        correctableLinkErrors = other.correctableLinkErrors
        nonFatalLinkErrors = other.nonFatalLinkErrors
        fatalLinkErrors = other.fatalLinkErrors
    }
}
