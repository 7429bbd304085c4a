import AtollModel

extension HostTopology {
    /// The host as a picture: NUMA nodes side by side, in them the bridges that accelerators and NICs share; below that
    /// the direct links, NVSwitches, labels and findings. Complete in itself: no scripts, no fonts or styles from elsewhere.
    public func svg(labels report: LabelReport) -> String {
        var picture = HostPicture(self)
        picture.drawTitle()
        picture.drawPlaces()
        for view in linkViews { picture.draw(view) }
        picture.drawNotes(labels: report)
        return picture.document
    }
}

/// A picture that grows downwards.
private struct HostPicture {
    private let host: HostTopology
    private let layout: HostLayout
    private let boxes: [PictureBox]
    private let width: Int
    private var canvas = SVGCanvas()
    private var y = margin

    private static let margin = 16
    private static let placesInRow = 2
    private static let arcHeightMax = 90
    private static let lineHeight = 16

    init(_ host: HostTopology) {
        self.host = host
        layout = HostLayout(host)
        boxes = layout.places.map { PictureBox($0, host) }
        let rows = Self.rows(boxes).map { row in row.reduce(0) { $0 + $1.size.width + PictureBox.gap } }
        width = max(640, (rows.max() ?? 0) - PictureBox.gap + 2 * Self.margin)
    }

    private static func rows(_ boxes: [PictureBox]) -> [[PictureBox]] {
        stride(from: 0, to: boxes.count, by: placesInRow).map { Array(boxes[$0..<min($0 + placesInRow, boxes.count)]) }
    }

    var document: String {
        let worst =
            host.findings.first.map { "; findings: \(host.findings.count), worst: \($0.severity.rawValue)" } ?? ""
        return canvas.document(
            title: "Topology of \(host.title)",
            description: host.summary + worst,
            .init(width: width, height: y + Self.margin)
        )
    }

    mutating func drawTitle() {
        canvas.text(host.title, at: .init(x: Self.margin, y: y + 14), size: 16, isBold: true, columns: width / 9)
        canvas.text(
            host.summary,
            at: .init(x: Self.margin, y: y + 34),
            size: 12,
            color: PictureStyle.quiet,
            columns: width / 7
        )
        y += 48
    }

    mutating func drawPlaces() {
        for row in Self.rows(boxes) {
            var x = Self.margin
            let height = row.map(\.size.height).max() ?? 0
            for box in row {
                let size = box.size
                let equal = SVGCanvas.Size(width: size.width, height: box.isEmpty ? size.height : height)
                box.draw(at: .init(x: x, y: y), equal, on: &canvas)
                x += size.width + PictureBox.gap
            }
            y += height + PictureBox.gap
        }
        if let memory = layout.memoryText { drawLine(memory, color: PictureStyle.quiet) }
    }

    /// A sentence where all reach all; arcs over a row of the devices otherwise.
    mutating func draw(_ view: LinkView) {
        drawLine("\(view.title): \(view.summary)", color: PictureStyle.fabric.stroke, isBold: true)
        if view.isUniform || view.links.isEmpty { return }
        let step = (width - 4 * Self.margin) / max(1, view.boards.count - 1)
        let x = { (position: Int) in 2 * Self.margin + position * step }
        let spans = view.links.map { $0.to - $0.from }
        let longest = spans.max() ?? 1
        let base = y + Self.arcHeightMax + 4
        for line in view.links {
            let height = Self.arcHeightMax * (line.to - line.from) / max(1, longest)
            canvas.arc(
                from: x(line.from),
                to: x(line.to),
                on: base,
                height: height,
                color: PictureStyle.fabric.stroke
            )
        }
        for (position, board) in view.boards.enumerated() {
            canvas.dot(at: .init(x: x(position), y: base), color: PictureStyle.text)
            canvas.text(board.indexes, at: .init(x: x(position) - 8, y: base + 16))
        }
        y = base + 28
    }

    mutating func drawNotes(labels report: LabelReport) {
        if !host.nvswitches.isEmpty {
            drawLine(host.nvswitchText, color: PictureStyle.fabric.stroke, isBold: true)
            drawLine(
                "NVLink is not shown: neither sysfs nor procfs says how the GPUs are joined.",
                color: PictureStyle.quiet
            )
        }
        drawSection("Findings", host.findings.map(\.text), color: PictureStyle.alarm)
        drawSection("Labels", report.labels.map { "\($0) = \($1)" }, color: PictureStyle.quiet)
        drawSection("Warnings", host.warnings + report.warnings, color: PictureStyle.quiet)
    }

    private mutating func drawSection(_ title: String, _ lines: [String], color: String) {
        if lines.isEmpty { return }
        y += 4
        drawLine(title, color: color, isBold: true)
        for line in lines { drawLine(line) }
    }

    private mutating func drawLine(_ text: String, color: String = PictureStyle.text, isBold: Bool = false) {
        for piece in TextTree.wrap(text, columns: width / (isBold ? 8 : 7)) {
            canvas.text(piece, at: .init(x: Self.margin, y: y + 14), size: 12, color: color, isBold: isBold)
            y += Self.lineHeight
        }
    }
}
