import AtollModel
import AtollYAML

extension HostTopology {
    /// `aer` and `links`, both by PCI address: the errors of accelerators and network devices, and the links of bridges.
    var linkFields: [(String, YAMLNode?)] {
        let errors =
            accelerators.map { ($0.device.pciAddress, $0.health) }
            + networkDevices.map { ($0.function?.address.description ?? "", $0.health) }
        let documents = SortedMap(
            errors.filter { !$0.0.isEmpty }.compactMap { address, health in
                health.linkDocument.map { (address, $0) }
            }
        )
        let narrowed = Set(functions.filter { $0.link?.isNarrowed == true }.compactMap(\.port))
        let links = bridges.compactMap { bridge in
            bridge.linkDocument(isNarrowedBelow: narrowed.contains(bridge.address)).map {
                (bridge.address.description, $0)
            }
        }
        return [("aer", .map(documents.map { ($0, $1) })), ("links", .map(links))]
    }

    /// Those of accelerators, network devices and bridges.
    private var functions: [PCIFunction] {
        accelerators.compactMap(\.function) + networkDevices.compactMap(\.function) + bridges
    }
}

extension DeviceHealth {
    /// Nil where nothing is counted.
    fileprivate var linkDocument: YAMLNode? {
        let totals: [(String, String, UInt64?)] = [
            ("aerDevCorrectable", "TOTAL_ERR_COR", correctableLinkErrors),
            ("aerDevFatal", "TOTAL_ERR_FATAL", fatalLinkErrors),
            ("aerDevNonfatal", "TOTAL_ERR_NONFATAL", nonFatalLinkErrors),
        ]
        if totals.allSatisfy({ $0.2 == nil }) { return nil }
        return .map(totals.map { key, name, count in (key, count.map { .string("\(name) \($0)") }) })
    }
}

extension PCIFunction {
    /// Nil for a bridge that says nothing about a link.
    ///
    /// - Parameter isNarrowedBelow: whether the device below has fewer lanes than both ends.
    fileprivate func linkDocument(isNarrowedBelow: Bool) -> YAMLNode? {
        if linkEnd == PCILinkEnd() { return nil }
        return .map([
            ("current", .string("\(linkEnd.currentSpeed) x\(linkEnd.currentWidth)")),
            ("max", .string("\(linkEnd.maxSpeed) x\(linkEnd.maxWidth)")),
            ("degraded", .bool(isNarrowedBelow || link?.isNarrowed == true)),
        ])
    }
}
