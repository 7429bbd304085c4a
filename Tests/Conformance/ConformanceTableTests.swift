import Glibc
import Testing

/// That the table is complete, true to the documents, and printed.
struct ConformanceTableTests {
    private let groups = ScenarioGroup.all
    private var ids: [String] { groups.flatMap(\.ids) }

    @Test func `there are 238 scenarios, 147 of them in the core set`() {
        #expect(ids.count == 238 && Set(ids).count == 238)
        #expect(groups.flatMap(\.coreIDs).count == 147)
    }

    @Test func `verdicts are about scenarios of their group`() {
        for group in groups {
            #expect(Set(group.verdicts.keys).isSubset(of: group.ids), "\(group.name)")
        }
    }

    @Test func `every scenario has one test of its name`() {
        let sources = RepositoryFiles.names(in: "Tests/Conformance", ending: ".swift")
        let names = sources.flatMap { testNames(in: RepositoryFiles.read("Tests/Conformance/\($0)") ?? "") }
        let tested = names.compactMap { name in ids.first { name.hasPrefix($0 + ": ") } }
        #expect(tested.sorted() == ids.sorted())
    }

    /// What stands between the backticks of each test.
    private func testNames(in source: String) -> [String] {
        source.split(separator: "\n").compactMap { line in
            let parts = line.split(separator: "`", omittingEmptySubsequences: false)
            return parts.count > 2 && parts[0].hasSuffix("func ") ? String(parts[1]) : nil
        }
    }

    @Test func `each difference on purpose is explained, and its scenarios are named there`() throws {
        let document = try #require(RepositoryFiles.read("docs/differences.md"))
        let rows = document.split(separator: "\n").map { line in
            line.split(separator: "|", omittingEmptySubsequences: false).map { $0.trimming(" ") }
        }
        for row in rows where row.count == 7 && row[1] != "subject" && !row[1].hasPrefix("---") {
            let difference = Difference(rawValue: row[1])
            let expected = difference.map { difference in
                groups.flatMap { group in group.ids.filter { group.verdict($0) == .differs(difference) } }
            }
            #expect(row[5] == (expected ?? []).joined(separator: ", "), "\(row[1])")
        }
        for difference in Difference.allCases {
            #expect(rows.count { $0.count == 7 && $0[1] == difference.rawValue } == 1, "\(difference)")
        }
    }

    @Test func `the table is printed, and the document holds it`() {
        print(ConformanceReport.table)
        let path = "docs/conformance.md"
        if getenv("ATOLL_WRITE_CONFORMANCE") != nil {
            #expect(RepositoryFiles.write(ConformanceReport.document, to: path))
        }
        #expect(
            RepositoryFiles.read(path) == ConformanceReport.document,
            "write it with ATOLL_WRITE_CONFORMANCE=1 swift test --filter ConformanceTests"
        )
    }
}

extension Substring {
    fileprivate func trimming(_ character: Character) -> String {
        var text = self
        while text.first == character { text.removeFirst() }
        while text.last == character { text.removeLast() }
        return String(text)
    }
}
