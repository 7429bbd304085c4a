import Foundation

/// The few elements that our pictures are made of. Lengths are in pixels, from the top left.
enum SVG {
    static func line(_ from: (x: Double, y: Double), _ to: (x: Double, y: Double), class name: String) -> String {
        "<line x1=\"\(number(from.x))\" y1=\"\(number(from.y))\" x2=\"\(number(to.x))\" y2=\"\(number(to.y))\" "
            + "class=\"\(name)\"/>"
    }

    static func circle(_ centre: (x: Double, y: Double), radius: Double, class name: String) -> String {
        "<circle cx=\"\(number(centre.x))\" cy=\"\(number(centre.y))\" r=\"\(number(radius))\" class=\"\(name)\"/>"
    }

    /// - Parameter text: plain, but for what `power` makes.
    static func text(_ text: String, _ place: (x: Double, y: Double), class name: String) -> String {
        "<text x=\"\(number(place.x))\" y=\"\(number(place.y))\" class=\"\(name)\">\(text)</text>"
    }

    /// `base` with a small raised exponent, to be put into a text.
    static func power(_ base: String, _ exponent: String) -> String {
        "\(base)<tspan dy=\"-0.4em\" font-size=\"75%\">\(exponent)</tspan>"
    }

    static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    }

    private static func number(_ length: Double) -> String { String(format: "%.1f", length) }
}
