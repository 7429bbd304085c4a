import AtollModel
import Testing

@Suite struct FindingCountsTests {
    @Test(arguments: [
        (FindingCounts(), ""), (FindingCounts(errors: 1), "1 error"),
        (FindingCounts(errors: 2, warnings: 1, notices: 3), "2 errors, 1 warning, 3 notices"),
    ])
    func `counts are told worst first, and none is not told`(counts: FindingCounts, text: String) {
        #expect(counts.description == text)
    }

    @Test func `findings are counted by severity`() {
        let findings = [Finding.Severity.error, .notice, .error].map { Finding($0, .portDown, message: "") }
        #expect(FindingCounts(findings) == FindingCounts(errors: 2, notices: 1))
    }
}
