import AtollCore
import AtollModel

extension [MetricFamily] {
    /// As Prometheus reads them. Source: its text exposition format, version 0.0.4.
    var text: String {
        var text = ""
        for family in self {
            text += "# HELP \(family.name) \(family.help)\n# TYPE \(family.name) \(family.kind.rawValue)\n"
            for sample in family.samples { text += "\(family.name)\(sample.suffix)\(sample.text)\n" }
        }
        return text
    }
}

extension MetricFamily.Sample {
    fileprivate var text: String {
        let pairs = labels.map { "\($0)=\"\(Self.escape($1))\"" }
        let number = value == value.rounded() && abs(value) < 1e15 ? "\(Int64(value))" : "\(value)"
        return (pairs.isEmpty ? "" : "{\(pairs.joined(separator: ","))}") + " \(number)"
    }

    private static func escape(_ text: String) -> String {
        text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
    }
}
