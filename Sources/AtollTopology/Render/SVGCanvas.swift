import AtollModel

/// The text of an SVG 1.1 picture while it is drawn: shapes and texts, no scripts, no styles from elsewhere. Positions
/// and sizes are in pixels from the upper left corner.
struct SVGCanvas {
    private(set) var body = ""

    struct Point: Equatable {
        var x: Int
        var y: Int
    }

    struct Size: Equatable {
        var width: Int
        var height: Int
    }

    mutating func box(
        _ paint: PictureStyle.Paint,
        at point: Point,
        _ size: Size,
        corner: Int = 6,
        dash: String? = nil
    ) {
        let dash = dash.map { " stroke-dasharray=\"\($0)\"" } ?? ""
        element(
            "<rect x=\"\(point.x)\" y=\"\(point.y)\" width=\"\(size.width)\" height=\"\(size.height)\" rx=\"\(corner)\" "
                + "fill=\"\(paint.fill)\" stroke=\"\(paint.stroke)\"\(dash)/>"
        )
    }

    /// - Parameter point: where the text's base line starts.
    /// - Parameter columns: longer texts are cut, since nothing here can measure them.
    mutating func text(
        _ text: String,
        at point: Point,
        size: Int = 11,
        color: String = PictureStyle.text,
        isBold: Bool = false,
        columns: Int = .max
    ) {
        // XML makes one space of two.
        let text = text.trimmed().replacing("  ", with: " · ")
        let shown = text.count > columns ? text.prefix(max(0, columns - 1)) + "…" : text[...]
        let weight = isBold ? " font-weight=\"600\"" : ""
        element(
            "<text x=\"\(point.x)\" y=\"\(point.y)\" font-size=\"\(size)\" fill=\"\(color)\"\(weight)>"
                + "\(String(shown).escapedForXML)</text>"
        )
    }

    /// An arc above a line, from one point of it to another.
    mutating func arc(from x: Int, to end: Int, on y: Int, height: Int, color: String) {
        let radius = (end - x) / 2
        element(
            "<path d=\"M\(x) \(y)A\(radius) \(height) 0 0 1 \(end) \(y)\" fill=\"none\" stroke=\"\(color)\"/>"
        )
    }

    mutating func dot(at point: Point, color: String) {
        element("<circle cx=\"\(point.x)\" cy=\"\(point.y)\" r=\"3\" fill=\"\(color)\"/>")
    }

    /// A triangle with an exclamation mark, 16 pixels wide, that says its findings when it is pointed at.
    mutating func alarm(at point: Point, _ sentences: [String]) {
        let path = "M\(point.x) \(point.y + 15)h16l-8 -14z"
        element("<g><title>\(sentences.joined(separator: "; ").escapedForXML)</title>")
        element("<path d=\"\(path)\" fill=\"\(PictureStyle.alarm)\"/>")
        text("!", at: Point(x: point.x + 6, y: point.y + 13), size: 11, color: PictureStyle.page, isBold: true)
        element("</g>")
    }

    /// The whole document.
    func document(title: String, description: String, _ size: Size) -> String {
        """
        <svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="title description" \
        width="\(size.width)" height="\(size.height)" viewBox="0 0 \(size.width) \(size.height)" \
        font-family="\(PictureStyle.fonts)">
        <title id="title">\(title.escapedForXML)</title>
        <desc id="description">\(description.escapedForXML)</desc>
        <rect width="100%" height="100%" fill="\(PictureStyle.page)"/>
        \(body)</svg>

        """
    }

    private mutating func element(_ text: String) { body += text + "\n" }
}
