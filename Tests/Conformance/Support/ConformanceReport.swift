/// The table of all scenarios and what became of them.
enum ConformanceReport {
    /// For people who run the tests: a line for each group, then one for each scenario that does not plainly pass.
    static var table: String {
        let lines =
            [["", "all", "pass", "differ", "n/a", "missing"]] + groups.map { [$0.name] + $0.counts.map(String.init) }
        let text = lines.map { line in
            pad(line[0], 10) + line.dropFirst().map { pad("", 9 - $0.count) + $0 }.joined()
        }
        return (text + [""] + exceptions.map { pad($0.id, 12) + $0.verdict + ": " + $0.reason }).joined(separator: "\n")
    }

    /// docs/conformance.md.
    static var document: String {
        var text = introduction + "\n\n"
        text += row("group", "about", "scenarios", "pass", "differ on purpose", "not applicable", "missing")
        text += "|---|---|---|---|---|---|---|\n"
        for group in groups { text += row([group.name, group.title] + group.counts.map(String.init)) }
        text += "\nA scenario that is not in this table passes.\n\n| id | verdict | |\n|---|---|---|\n"
        for exception in exceptions { text += row(exception.id, exception.verdict, exception.reason) }
        return text
    }

    private static let introduction = """
        # Conformance

        What Atoll does in each of the 238 scenarios by which JobSet's behaviour was written down, black box: a
        manifest in, jobs, pods, status and events out. `swift test --filter ConformanceTests` runs a test for each, by
        its id, against the pure core (`Tests/Conformance`), and checks this file, which
        `ATOLL_WRITE_CONFORMANCE=1 swift test --filter ConformanceTests` writes.

        *Differs* names a row of [differences.md](differences.md). *Missing* is not built yet: manifests that need it
        are refused, or the note says what happens. Where a scenario lets a Job fail for some reason, it fails here for
        its `backoffLimit`, and the rules name that reason or another.

        The core set is what can be observed from outside with the original's default gates.
        """

    // MARK: Counting

    private struct Group {
        var name: String
        var title: String
        /// All, passing, differing, not applicable, missing.
        var counts = [0, 0, 0, 0, 0]

        init(_ name: String, _ title: String, _ verdicts: [Verdict]) {
            self.name = name
            self.title = title
            counts[0] = verdicts.count
            for verdict in verdicts {
                switch verdict {
                case .passes: counts[1] += 1
                case .differs: counts[2] += 1
                case .notApplicable: counts[3] += 1
                case .missing: counts[4] += 1
                }
            }
        }
    }

    /// The groups, the core set, and all together.
    private static var groups: [Group] {
        let all = ScenarioGroup.all
        return all.map { Group($0.name, $0.title, $0.ids.map($0.verdict)) } + [
            Group("core set", "", all.flatMap { $0.coreIDs.map($0.verdict) }),
            Group("together", "", all.flatMap { $0.ids.map($0.verdict) }),
        ]
    }

    /// Scenarios that do not plainly pass.
    private static var exceptions: [(id: String, verdict: String, reason: String)] {
        ScenarioGroup.all.flatMap { group in
            group.ids.compactMap { id in
                switch group.verdict(id) {
                case .passes: nil
                case .differs(let difference): (id, "differs", difference.rawValue)
                case .notApplicable(let why): (id, "not applicable", why)
                case .missing(let what): (id, "missing", what)
                }
            }
        }
    }

    // MARK: Text

    private static func row(_ cells: String...) -> String { row(cells) }

    private static func row(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |\n" }

    private static func pad(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }
}
