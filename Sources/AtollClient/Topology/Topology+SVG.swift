import AtollModel
import AtollYAML

extension Topology {
    /// The cluster as a picture: islands are frames within each other, hosts are cells in the colour of what they are
    /// good for, framed by the worst of their findings.
    public var svg: String {
        let content = PictureBlock.flow(levels.flatMap(\.blocks) + looseHosts.map(\.block))
        let parts = [PictureBlock.text(headline), content, legend]
        let margin = 2 * PictureBlock.gap
        let width = (parts.map(\.width).max() ?? 0) + 2 * margin
        let height = parts.reduce(margin) { $0 + $1.height + margin }
        var y = margin
        var elements: [String] = []
        for part in parts {
            elements += part.draw(margin, y)
            y += part.height + margin
        }
        return """
            <?xml version="1.0" encoding="UTF-8"?>
            <svg xmlns="http://www.w3.org/2000/svg" width="\(width)" height="\(height)" \
            viewBox="0 0 \(width) \(height)" font-family="Helvetica, Arial, sans-serif" font-size="12">
            <style>.island { fill: none; stroke: #888888 }</style>
            <rect width="100%" height="100%" fill="#fafafa"/>
            \(elements.joined(separator: "\n"))
            </svg>

            """
    }

    private var legend: PictureBlock {
        let shades = HostShade.allCases.map { PictureBlock.cell([$0.rawValue, ""], fill: $0.fill, frame: nil) }
        let frames = [("warnings", FindingFrame.warning), ("errors", FindingFrame.error)].map { name, color in
            PictureBlock.cell([name, ""], fill: HostShade.free.fill, frame: color)
        }
        return .flow(shades + frames)
    }
}

extension Topology.Level {
    /// Recursive as deep as there are levels.
    fileprivate var blocks: [PictureBlock] {
        islands.map { island in
            let content = PictureBlock.flow(island.levels.flatMap(\.blocks) + island.hosts.map(\.block))
            return .frame(island.caption(level: key), around: content)
        }
    }
}

extension Topology.Host {
    fileprivate var block: PictureBlock {
        .cell(captions, fill: HostShade(object).fill, frame: FindingFrame.color(of: object))
    }
}
