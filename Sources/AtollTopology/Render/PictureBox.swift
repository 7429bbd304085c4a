/// A part of the picture of a host, with the room that it takes.
indirect enum PictureBox: Equatable {
    case card(PartCard)
    case group(title: String, PictureStyle.Paint, dash: String?, [PictureBox])

    static let cardWidth = 226
    static let gap = 8
    /// Of the titles of groups, above what is in them.
    static let titleHeight = 24
    private static let lineHeight = 15
    /// Cards beside each other in one group.
    private static let cardsInRow = 2

    init(_ part: HostLayout.Part, _ host: HostTopology) {
        func group(_ title: String, _ parts: [HostLayout.Part]) -> PictureBox {
            .group(title: title, PictureStyle.bridge, dash: "4 3", parts.map { PictureBox($0, host) })
        }
        switch part {
        case .board(let board): self = .card(PartCard(board, findings: host.findings))
        case .network(let device): self = .card(PartCard(device, findings: host.findings))
        case .bridge(let address, let parts): self = group("PCI switch \(address)", parts)
        case .root(let name, let parts): self = group("PCI root \(name)", parts)
        }
    }

    init(_ place: HostLayout.Place, _ host: HostTopology) {
        let parts = place.parts.map { PictureBox($0, host) }
        self = .group(title: place.title, PictureStyle.place, dash: nil, parts)
    }

    var size: SVGCanvas.Size {
        switch self {
        case .card(let card):
            return .init(width: Self.cardWidth, height: 16 + Self.lineHeight * (1 + card.lines.count))
        case .group(_, _, _, let boxes):
            let rows = Self.rows(boxes).map(Self.size)
            let inner = rows.map(\.width).max() ?? Self.cardWidth
            let height = rows.reduce(Self.titleHeight) { $0 + $1.height + Self.gap }
            return .init(width: inner + 2 * Self.gap, height: max(height, Self.titleHeight + Self.gap))
        }
    }

    var isEmpty: Bool { if case .group(_, _, _, let boxes) = self { boxes.isEmpty } else { false } }

    /// - Parameter size: at least its own, so that neighbours can be equal.
    func draw(at point: SVGCanvas.Point, _ size: SVGCanvas.Size, on canvas: inout SVGCanvas) {
        switch self {
        case .card(let card): Self.draw(card, at: point, size, on: &canvas)
        case .group(let title, let paint, let dash, let boxes):
            canvas.box(paint, at: point, size, dash: dash)
            canvas.text(
                title,
                at: .init(x: point.x + Self.gap, y: point.y + 16),
                color: PictureStyle.quiet,
                isBold: dash == nil,
                columns: size.width / 6
            )
            var y = point.y + Self.titleHeight
            for row in Self.rows(boxes) {
                var x = point.x + Self.gap
                let height = Self.size(row).height
                for box in row {
                    // A group fills its row; cards of one row are of one height.
                    let width = row.count == 1 && box.isGroup ? size.width - 2 * Self.gap : box.size.width
                    box.draw(at: .init(x: x, y: y), .init(width: width, height: height), on: &canvas)
                    x += width + Self.gap
                }
                y += height + Self.gap
            }
        }
    }

    private static func draw(
        _ card: PartCard,
        at point: SVGCanvas.Point,
        _ size: SVGCanvas.Size,
        on canvas: inout SVGCanvas
    ) {
        canvas.box(card.paint, at: point, size, corner: 4)
        let columns = card.findings.isEmpty ? 30 : 26
        canvas.text(card.title, at: .init(x: point.x + 8, y: point.y + 18), size: 12, isBold: true, columns: columns)
        for (row, line) in card.lines.enumerated() {
            let y = point.y + 18 + lineHeight * (row + 1)
            canvas.text(line, at: .init(x: point.x + 8, y: y), columns: 34)
        }
        if card.findings.isEmpty { return }
        canvas.alarm(at: .init(x: point.x + size.width - 22, y: point.y + 5), card.findings.map(\.text))
    }

    private var isGroup: Bool { if case .group = self { true } else { false } }

    /// Groups have a row each, cards share one.
    private static func rows(_ boxes: [PictureBox]) -> [[PictureBox]] {
        var rows: [[PictureBox]] = []
        for box in boxes {
            if !box.isGroup, let last = rows.last, last.count < cardsInRow, last.first?.isGroup == false {
                rows[rows.count - 1].append(box)
            } else {
                rows.append([box])
            }
        }
        return rows
    }

    private static func size(_ row: [PictureBox]) -> SVGCanvas.Size {
        let sizes = row.map(\.size)
        let width = sizes.reduce(0) { $0 + $1.width } + gap * (row.count - 1)
        return .init(width: width, height: sizes.map(\.height).max() ?? 0)
    }
}
