import AtollModel

/// What a rule can take from an accelerator, by the names that the host's document has.
public enum DeviceField: String, CaseIterable, Equatable, Sendable {
    /// Maker and model: `nvidia-h100-sxm`.
    case kind
    case model
    case driver
    /// PCI address.
    case pci
    case uniqueID = "uniqueId"
    case serialNumber
    case numaNode
    /// Position on the baseboard (Gaudi).
    case moduleID = "moduleId"
    /// AMD's XGMI hive.
    case hive
    /// `SPX`, `CPX` and so on.
    case computePartition
    /// `NPS1` and so on.
    case memoryPartition

    /// Nil where the device has none.
    func value(of accelerator: Accelerator) -> String? {
        let device = accelerator.device
        let text =
            switch self {
            case .kind: accelerator.kind
            case .model: device.model
            case .driver: device.driver
            case .pci: device.pciAddress
            case .uniqueID: device.uniqueID
            case .serialNumber: accelerator.serialNumber
            case .numaNode: device.numaNode.map { "\($0)" } ?? ""
            case .moduleID: accelerator.moduleID.map { "\($0)" } ?? ""
            case .hive: accelerator.hive.map { "\($0)" } ?? ""
            case .computePartition: accelerator.computePartition
            case .memoryPartition: accelerator.memoryPartition
            }
        return text.isEmpty ? nil : text
    }
}
