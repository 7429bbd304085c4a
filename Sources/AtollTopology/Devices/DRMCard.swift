/// A card of `/sys/class/drm` with what its device says of itself; for display as much as for computing.
public struct DRMCard: Equatable, Sendable {
    /// `card0`.
    public var name: String
    public var driver: String
    public var vendor: UInt16
    public var device: UInt16
    public var classCode: UInt32
    /// Empty where the driver publishes none.
    public var uniqueID: String

    /// The cards of PCI devices, in the order of their numbers; those of partitions have none.
    static func readAll(_ tree: HostTree, _ warnings: inout Warnings) -> [DRMCard] {
        let folder = "sys/class/drm"
        let names = tree.names(in: folder)
        warnings.add(names, of: folder)
        // `card0-DP-1` is a connector.
        return (names.value ?? []).filter { $0.isNumbered("card") }
            .sorted { (Int($0.dropFirst(4)) ?? 0) < (Int($1.dropFirst(4)) ?? 0) }
            .compactMap { DRMCard($0, "\(folder)/\($0)/device", tree) }
    }

    private init?(_ name: String, _ folder: String, _ tree: HostTree) {
        guard let vendor: UInt16 = tree.hexadecimal("\(folder)/vendor").value,
            let device: UInt16 = tree.hexadecimal("\(folder)/device").value
        else { return nil }
        self.name = name
        self.vendor = vendor
        self.device = device
        classCode = tree.hexadecimal("\(folder)/class").value ?? 0
        driver = tree.linkName("\(folder)/driver").value?.printable(max: 64) ?? ""
        uniqueID = vendor == PCIVendor.amd ? tree.text("\(folder)/unique_id").value?.printable(max: 64) ?? "" : ""
    }
}
