import Foundation

/// How one benchmark grows, as a picture: hosts to the right, the cost upwards, both logarithmic.
struct GrowthPlot {
    private let growth: Growth
    private let machine: Machine
    /// What is measured, in lines that fit.
    private let what: [String]
    private let x: LogScale
    private let y: LogScale
    private let steps: [Double]

    private static let (width, height) = (720.0, 440.0)
    /// What grows faster than this is not good enough.
    private static let exponentMax = 1.1

    init(_ growth: Growth, on machine: Machine) {
        self.growth = growth
        self.machine = machine
        what = Self.lines(of: growth.points.first?.what ?? "", columns: 100)
        let sizes = growth.points.compactMap(\.size).map(Double.init)
        let (least, most) = (sizes.min() ?? 1, sizes.max() ?? 1)
        // Whiskers and labels do not touch the sides.
        x = LogScale(values: least / 1.3...most * 1.3, places: (88, Self.width - 20))
        let bound = growth.law.withExponent(Self.exponentMax, sameAt: least)
        let costs = growth.points.flatMap { [$0.min, $0.max] } + [growth.law, bound].map { $0.value(at: most) }
        steps = LogScale.steps(around: (costs.min() ?? 1)...(costs.max() ?? 1))
        let top = 56 + 16 * Double(what.count)
        y = LogScale(values: (steps.first ?? 1)...(steps.last ?? 10), places: (Self.height - 84, top))
    }

    /// It brings its own background, so that it can be read on a dark page as well.
    var svg: String {
        """
        <svg xmlns="http://www.w3.org/2000/svg" width="720" height="440" viewBox="0 0 720 440" role="img">
        <title>\(SVG.escaped(name)) grows as hosts^\(exponent)</title>
        <style>
        text { font: 12px system-ui, sans-serif; fill: #57606a; }
        .heading { font-size: 16px; font-weight: 600; fill: #1f2328; }
        .note { font-size: 11px; }
        .value { fill: #1f2328; }
        .middle { text-anchor: middle; }
        .end { text-anchor: end; }
        .grid { stroke: #e4e8ec; }
        .axis { stroke: #8c959f; }
        .bound { stroke: #a0a8b0; stroke-width: 1.5; stroke-dasharray: 5 4; }
        .fit { stroke: #86b8f0; stroke-width: 2; }
        .whisker { stroke: #0b5cad; stroke-width: 1.5; }
        .median { fill: #0b5cad; }
        </style>
        <rect x="0.5" y="0.5" width="719" height="439" rx="6" fill="#ffffff" stroke="#d0d7de"/>
        \((heading + axes + curves + points + legend + footer).joined(separator: "\n"))
        </svg>

        """
    }

    private var name: String { growth.points.first?.name ?? "" }
    private var unit: String { growth.points.first?.unit.rawValue ?? "" }
    private var exponent: String { String(format: "%.2f", growth.law.exponent) }

    private var heading: [String] {
        [SVG.text("\(SVG.escaped(name)) grows as \(SVG.power("hosts", exponent))", (20, 30), class: "heading")]
            + what.enumerated().map { SVG.text(SVG.escaped($1), (20, 50 + 16 * Double($0)), class: "what") }
    }

    // MARK: The plane

    private var axes: [String] {
        let (left, right, bottom, top) = (x.places.least, x.places.greatest, y.places.least, y.places.greatest)
        let isCrowded = steps.count > 8
        let rows = steps.flatMap { step in
            let height = y.place(of: step)
            let isLabelled = !isCrowded || Self.isPowerOfTen(step)
            return [SVG.line((left, height), (right, height), class: "grid")]
                + (isLabelled ? [SVG.text(label(step), (left - 8, height + 4), class: "end")] : [])
        }
        let columns = growth.points.flatMap { point in
            let place = x.place(of: Double(point.size ?? 0))
            return [
                SVG.line((place, top), (place, bottom), class: "grid"),
                SVG.text((point.size ?? 0).grouped, (place, bottom + 18), class: "middle"),
            ]
        }
        return rows + columns + [
            SVG.line((left, bottom), (right, bottom), class: "axis"),
            SVG.line((left, top), (left, bottom), class: "axis"),
            SVG.text("hosts", ((left + right) / 2, bottom + 36), class: "middle"),
        ]
    }

    /// The topmost has the unit.
    private func label(_ step: Double) -> String {
        let number = step >= 1000 ? Int(step.rounded()).grouped : step.short
        return step == steps.last ? "\(number) \(unit)" : number
    }

    private static func isPowerOfTen(_ step: Double) -> Bool { abs(log10(step) - log10(step).rounded()) < 1e-6 }

    // MARK: The figures

    private var curves: [String] {
        let sizes = growth.points.compactMap(\.size).map(Double.init)
        guard let least = sizes.min(), let most = sizes.max() else { return [] }
        let bound = growth.law.withExponent(Self.exponentMax, sameAt: least)
        return [(bound, "bound"), (growth.law, "fit")].map { law, style in
            SVG.line(
                (x.place(of: least), y.place(of: law.value(at: least))),
                (x.place(of: most), y.place(of: law.value(at: most))),
                class: style
            )
        }
    }

    private var points: [String] {
        growth.points.flatMap { point in
            let across = x.place(of: Double(point.size ?? 0))
            let (least, middle, most) = (y.place(of: point.min), y.place(of: point.median), y.place(of: point.max))
            return [SVG.line((across, least), (across, most), class: "whisker")]
                + [least, most].map { SVG.line((across - 5, $0), (across + 5, $0), class: "whisker") }
                + [
                    SVG.circle((across, middle), radius: 4, class: "median"),
                    SVG.text(point.median.short, (across + 9, middle + 15), class: "value"),
                ]
        }
    }

    /// In the corner that what grows leaves free.
    private var legend: [String] {
        let (left, top) = (x.places.least + 14, y.places.greatest + 18)
        return [
            SVG.line((left, top - 4), (left + 24, top - 4), class: "fit"),
            SVG.text("fit: \(SVG.power("hosts", exponent))", (left + 32, top), class: "legend"),
            SVG.line((left, top + 14), (left + 24, top + 14), class: "bound"),
            SVG.text(
                "to compare: \(SVG.power("hosts", String(Self.exponentMax)))",
                (left + 32, top + 18),
                class: "legend"
            ),
        ]
    }

    private var footer: [String] {
        let runs = growth.points.map(\.values.count).max() ?? 0
        let lines = [
            "medians of \(runs) runs, with minimum and maximum",
            "\(machine.processor), \(machine.cores) cores, load average \(machine.loadAverage); commit \(machine.commit)",
        ]
        return lines.enumerated().map {
            SVG.text(SVG.escaped($1), (20, Self.height - 28 + 15 * Double($0)), class: "note")
        }
    }

    /// Breaks a text between words.
    private static func lines(of text: String, columns: Int) -> [String] {
        text.split(separator: " ").reduce(into: []) { lines, word in
            if let last = lines.last, last.count + word.count < columns {
                lines[lines.count - 1] += " \(word)"
            } else {
                lines.append(String(word))
            }
        }
    }
}

extension GrowthPlot {
    /// Writes a picture of each benchmark that was measured at several sizes, called after it.
    ///
    /// - Throws: errors of the file system.
    static func write(_ report: Report, into folder: URL) throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for growth in Growth.all(in: report.measurements) {
            let plot = GrowthPlot(growth, on: report.machine)
            let file = folder.appending(path: "\(plot.name).svg")
            try Data(plot.svg.utf8).write(to: file)
            FileHandle.standardError.write(Data("wrote \(file.path())\n".utf8))
        }
    }
}
