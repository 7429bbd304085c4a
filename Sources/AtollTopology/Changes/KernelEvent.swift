/// What the kernel announced about one device: a uevent (`lib/kobject_uevent.c`, netlink family
/// `NETLINK_KOBJECT_UEVENT`).
public struct KernelEvent: Equatable, Sendable {
    /// `add`, `remove`, `change`, `bind`, `unbind`, ...
    public var action: String
    /// Where the device is below `/sys`, with a leading slash.
    public var path: String
    /// `pci`, `drm`, `infiniband`, ...; empty where the event names none.
    public var subsystem: String

    /// Parses `ACTION@PATH\0KEY=VALUE\0...`; nil for anything else, what udev sends on included.
    public init?(_ bytes: some Collection<UInt8>) {
        let parts = bytes.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
        guard let header = parts.first, let at = header.firstIndex(of: "@"), at != header.startIndex else { return nil }
        action = String(header[..<at])
        path = String(header[header.index(after: at)...])
        guard path.hasPrefix("/"), action.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f }) else { return nil }
        var values: [Substring: Substring] = [:]
        for part in parts.dropFirst() {
            guard let end = part.firstIndex(of: "=") else { continue }
            values[part[..<end]] = part[part.index(after: end)...]
        }
        subsystem = values["SUBSYSTEM"].map(String.init) ?? ""
    }

    /// Whether what a host reports may be another after it.
    public var concernsTopology: Bool {
        Self.subsystems.contains(subsystem) || subsystem.hasPrefix("nvidia")
    }

    private static let subsystems: Set<String> = [
        "accel", "cxi", "drm", "habanalabs", "infiniband", "kfd", "mic", "net", "neuron_device", "pci", "ve", "vfio",
    ]
}
