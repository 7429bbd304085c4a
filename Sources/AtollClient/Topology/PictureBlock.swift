import AtollModel

/// A part of a picture that knows its size, in pixels, and is drawn wherever it is put.
struct PictureBlock {
    let width: Int
    let height: Int
    /// SVG elements, one a line, for a place of its upper left corner.
    let draw: (_ x: Int, _ y: Int) -> [String]

    static let gap = 8
    private static let titleHeight = 22

    /// Blocks beside and below each other, about three times as wide as high together.
    static func flow(_ blocks: [PictureBlock]) -> PictureBlock {
        let area = blocks.reduce(0) { $0 + ($1.width + gap) * ($1.height + gap) }
        let limit = max(blocks.map(\.width).max() ?? 0, Int((3 * Double(area)).squareRoot()))
        var places: [(x: Int, y: Int)] = []
        var (x, y, rowHeight, width) = (0, 0, 0, 0)
        for block in blocks {
            if x > 0, x + block.width > limit { (x, y, rowHeight) = (0, y + rowHeight + gap, 0) }
            places.append((x, y))
            width = max(width, x + block.width)
            x += block.width + gap
            rowHeight = max(rowHeight, block.height)
        }
        return PictureBlock(width: width, height: y + rowHeight) { left, top in
            zip(blocks, places).flatMap { $0.draw(left + $1.x, top + $1.y) }
        }
    }

    /// A frame with a title around something.
    static func frame(_ title: String, around content: PictureBlock) -> PictureBlock {
        let width = max(content.width, textWidth(title)) + 2 * gap
        let height = content.height + titleHeight + gap
        return PictureBlock(width: width, height: height) { x, y in
            [
                "<rect x=\"\(x)\" y=\"\(y)\" width=\"\(width)\" height=\"\(height)\" rx=\"6\" class=\"island\"/>",
                "<text x=\"\(x + gap)\" y=\"\(y + 15)\">\(title.escapedForXML)</text>",
            ] + content.draw(x + gap, y + titleHeight)
        }
    }

    /// A cell with two lines of text, of a size that suits the longest.
    static func cell(_ lines: [String], fill: String, frame: String?) -> PictureBlock {
        let width = max(104, (lines.map(textWidth).max() ?? 0) + 2 * gap)
        return PictureBlock(width: width, height: 38) { x, y in
            let stroke = frame.map { "stroke=\"\($0)\" stroke-width=\"3\"" } ?? "stroke=\"#555555\""
            let box =
                "<rect x=\"\(x)\" y=\"\(y)\" width=\"\(width)\" height=\"38\" rx=\"3\" fill=\"\(fill)\" \(stroke)/>"
            let texts = zip(lines, [16, 31]).map { line, offset in
                "<text x=\"\(x + gap)\" y=\"\(y + offset)\">\(line.escapedForXML)</text>"
            }
            return [box] + texts
        }
    }

    static func text(_ text: String) -> PictureBlock {
        PictureBlock(width: textWidth(text), height: titleHeight) { x, y in
            ["<text x=\"\(x)\" y=\"\(y + 15)\">\(text.escapedForXML)</text>"]
        }
    }

    /// Fonts differ; 7 pixels for a character are enough for all usual ones of 12.
    private static func textWidth(_ text: String) -> Int { 7 * text.count }
}
