import AtollModel
import AtollYAML

extension YAMLNode {
    /// Of a host: what is wrong with it, by severity. One that is unknown here counts as an error.
    var findingCounts: FindingCounts {
        nodes("status", "findings").reduce(into: FindingCounts()) { counts, finding in
            counts.add(finding.text("severity").flatMap { Finding.Severity(rawValue: $0) } ?? .error)
        }
    }
}

extension Cell {
    /// `1 error, 2 warnings`, in the colour of the worst.
    static func findings(_ counts: FindingCounts) -> Cell {
        Cell(counts.description, style: counts.errors > 0 ? .bad : counts.warnings > 0 ? .attention : nil)
    }
}

extension Page {
    /// What is wrong with a host; no table for one with which nothing is.
    mutating func findings(of host: YAMLNode) {
        var table = Table(titles: ["SEVERITY", "FINDING", "ABOUT", "MESSAGE"])
        for finding in host.nodes("status", "findings") {
            let severity = finding.text("severity")
            table.append([
                Cell(severity, style: severity == "error" ? .bad : severity == "warning" ? .attention : nil),
                Cell(finding.text("code")), Cell(finding.text("subject")), Cell(finding.text("message")),
            ])
        }
        self.table("Findings", table)
    }
}
