public import AtollModel

/// Whether a PCI function is an accelerator, and whose: the vendor's table first, the class second, because the class
/// alone is wrong both ways (TPUs are `unassigned`, Neuron devices `system peripheral`, many displays are no
/// accelerators).
public struct AcceleratorKind: Equatable, Sendable {
    public var vendor: AcceleratorVendor
    /// Marketing name where known, else `<vendor id>:<device id>`.
    public var model: String
    /// False for a function of the processing-accelerator class that nobody here knows how to give to a pod.
    public var isKnown: Bool
    /// Display-class functions of AMD compute only where KFD has a node for them.
    var needsKFDNode: Bool

    init(vendor: AcceleratorVendor, model: String, isKnown: Bool = true, needsKFDNode: Bool = false) {
        self.vendor = vendor
        self.model = model
        self.isKnown = isKnown
        self.needsKFDNode = needsKFDNode
    }

    /// - Parameter isFirstFunction: companions of a GPU (audio, USB, UCSI) are functions other than 0.
    init?(_ ids: PCIIdentity, isFirstFunction: Bool) {
        let name = ModelTable.name(vendor: ids.vendor, device: ids.device)
        let isAcceleratorClass = Self.acceleratorClasses.contains(ids.shortClass)
        let vendor: AcceleratorVendor
        switch ids.vendor {
        case PCIVendor.nvidia where isFirstFunction && [0x0300, 0x0302].contains(ids.shortClass): vendor = .nvidia
        case PCIVendor.amd where isAcceleratorClass: vendor = .amd
        case PCIVendor.google where ids.device != Self.gVNIC && (isAcceleratorClass || ids.shortClass == 0xff00):
            vendor = .google
        case PCIVendor.habana where name != nil || isAcceleratorClass: vendor = .habana
        case PCIVendor.amazon where name != nil: vendor = .aws
        case PCIVendor.intel where name != nil: vendor = .intel
        case PCIVendor.nec where ids.shortClass == 0x0b40: vendor = .other
        default:
            guard ids.shortClass == 0x1200 else { return nil }
            self.init(vendor: .other, model: Self.placeholder(ids), isKnown: false)
            return
        }
        let needsKFDNode = vendor == .amd && ids.shortClass == 0x0300
        self.init(vendor: vendor, model: name ?? Self.placeholder(ids), needsKFDNode: needsKFDNode)
    }

    /// VGA, 3D, other display, processing accelerator, co-processor.
    private static let acceleratorClasses: Set<UInt16> = [0x0300, 0x0302, 0x0380, 0x1200, 0x0b40]
    /// Google's virtual network interface has the TPUs' vendor id.
    private static let gVNIC: UInt16 = 0x0042

    private static func placeholder(_ ids: PCIIdentity) -> String {
        ModelTable.placeholder(vendor: ids.vendor, device: ids.device)
    }
}
