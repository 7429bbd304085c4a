import AtollModel

/// The colours of the pictures: those of Okabe and Ito, which people of every colour vision tell apart, as strokes on
/// pale fills of the same hue. Nothing is said by colour alone.
enum PictureStyle {
    static let text = "#1b1f24"
    static let quiet = "#57606a"
    static let page = "#ffffff"
    static let place = Paint(fill: "#f6f8fa", stroke: "#8c959f")
    static let bridge = Paint(fill: "#ffffff", stroke: "#8c959f")
    static let accelerator = Paint(fill: "#e5f1f9", stroke: "#0072b2")
    static let network = Paint(fill: "#fdf3dc", stroke: "#b57b00")
    static let fabric = Paint(fill: "#f7e8f0", stroke: "#a8487f")
    static let unusable = Paint(fill: "#eaeaea", stroke: "#6e7781")
    /// What findings are marked with.
    static let alarm = "#d55e00"
    static let fonts = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"

    struct Paint: Equatable {
        var fill: String
        var stroke: String
    }
}

/// What a picture says about one accelerator or NIC.
struct PartCard: Equatable {
    /// Unique in the host.
    var id: String
    var title: String
    var lines: [String]
    var paint: PictureStyle.Paint
    var findings: [Finding]

    init(_ board: Board, findings all: [Finding]) {
        let device = board.device
        id = "device \(device.index)"
        title = "\(board.indexes) \(device.model)"
        let facts = [board.linkText, board.memoryBytes.memoryText] + board.extras
        lines = [
            Self.line([device.pciAddress, board.driverText]), Self.line(facts),
            Self.line([board.partitionText, board.instanceText]), board.isUsable ? "" : "not usable",
        ].filter { !$0.isEmpty }
        paint = board.isUsable ? PictureStyle.accelerator : PictureStyle.unusable
        findings = all.filter { !$0.subject.isEmpty && $0.subject == board.linkName }
    }

    init(_ device: NetworkDevice, findings all: [Finding]) {
        id = "network \(device.name)"
        title = device.name
        let names = device.interfaces.filter { $0 != device.name }.joined(separator: " ")
        lines = [
            Self.line([device.addressText, device.kindText]), Self.line(device.portTexts),
            Self.line([names, device.purposeText]),
        ].filter { !$0.isEmpty }
        paint = PictureStyle.network
        let name = device.name
        findings = all.filter { finding in
            // A port's findings are its device's.
            finding.subject == name || finding.subject.hasPrefix(name + "/")
                || (!finding.subject.isEmpty && finding.subject == device.addressText)
        }
    }

    private static func line(_ facts: [String?]) -> String {
        facts.compactMap(\.self).filter { !$0.isEmpty }.joined(separator: "  ")
    }
}
