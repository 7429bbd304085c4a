import AtollModel

/// What one end of a PCI Express link says, as the kernel prints it. All empty for a function that has no link, and for
/// one that sleeps (D3): asking would wake it.
///
/// Source: `Documentation/ABI/testing/sysfs-bus-pci`.
public struct PCILinkEnd: Equatable, Sendable {
    /// `32.0 GT/s PCIe`, `8 GT/s` from old kernels, or `Unknown`.
    public var currentSpeed = ""
    /// Lanes; 0, 63 and 255 mean that there is no link.
    public var currentWidth = ""
    public var maxSpeed = ""
    public var maxWidth = ""

    public init() {}

    init(_ tree: HostTree, _ folder: String, warnings: inout Warnings) {
        func read(_ name: String) -> String {
            let text = tree.text("\(folder)/\(name)")
            warnings.add(text, of: "\(folder)/\(name)")
            return text.value?.printable(max: 32) ?? ""
        }
        // The four come together, and this one is known without asking the device.
        let best = read("max_link_speed")
        if best.isEmpty || tree.text("\(folder)/power_state").value?.hasPrefix("D3") == true { return }
        maxSpeed = best
        currentSpeed = read("current_link_speed")
        currentWidth = read("current_link_width")
        maxWidth = read("max_link_width")
    }

    /// The link as a whole, its best being what both ends can.
    ///
    /// - Parameter port: the other end; nil where it is not known, so that this end alone says what is best.
    /// - Returns: nil when this end has no link or nothing is known of it.
    func link(to port: PCILinkEnd?) -> PCILink? {
        if self == PCILinkEnd() { return nil }
        let link = PCILink(
            speed: Self.speed(currentSpeed),
            width: Self.width(currentWidth),
            speedMax: Self.lesser(maxSpeed, port?.maxSpeed ?? "", Self.speed),
            widthMax: Self.lesser(maxWidth, port?.maxWidth ?? "", Self.width)
        )
        return link == PCILink() ? nil : link
    }

    /// Zero when one end has the attribute and does not know; a missing one does not count.
    private static func lesser(_ mine: String, _ other: String, _ parse: (String) -> UInt32) -> UInt32 {
        [mine, other].filter { !$0.isEmpty }.map(parse).min() ?? 0
    }

    /// Megatransfers a second, 0 for what is no speed.
    static func speed(_ text: String) -> UInt32 {
        guard let number = Double(text.prefix { $0 != " " }), (0...1024).contains(number) else { return 0 }
        return UInt32(number * 1000)
    }

    /// Lanes, 0 for what is no width; 32 is the widest that PCI Express knows.
    static func width(_ text: String) -> UInt32 {
        guard let lanes = UInt32(text), lanes <= 32 else { return 0 }
        return lanes
    }
}
