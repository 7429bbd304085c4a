import AtollJobSet
import Testing

/// One manifest for each rule: the problem must be the only one, with its path, message and line.
struct RefusalTests {
    @Test(arguments: shapes) func `a wrong shape is refused`(refusal: Refusal) {
        #expect(refusal.isAlone, "\(problems(of: refusal.text))")
    }

    @Test(arguments: jobSetRules) func `a broken rule of JobSet is refused`(refusal: Refusal) {
        #expect(refusal.isAlone, "\(problems(of: refusal.text))")
    }

    @Test(arguments: inPlaceRules) func `a job that cannot restart in place is refused`(refusal: Refusal) {
        #expect(refusal.isAlone, "\(problems(of: refusal.text))")
    }

    @Test(arguments: policyRules) func `a broken policy is refused`(refusal: Refusal) {
        #expect(refusal.isAlone, "\(problems(of: refusal.text))")
    }

    @Test(arguments: indexRules) func `a broken limit on indexes is refused`(refusal: Refusal) {
        #expect(refusal.isAlone, "\(problems(of: refusal.text))")
    }

    @Test(arguments: podFailureRules) func `a broken policy for failed pods is refused`(refusal: Refusal) {
        #expect(refusal.isAlone, "\(problems(of: refusal.text))")
    }

    @Test(arguments: jobSuccessRules) func `a broken success policy of a job is refused`(refusal: Refusal) {
        #expect(refusal.isAlone, "\(problems(of: refusal.text))")
    }

    @Test(arguments: volumeRules) func `a broken volume or mount is refused`(refusal: Refusal) {
        #expect(refusal.isAlone, "\(problems(of: refusal.text))")
    }

    @Test(arguments: volumeClaimRules) func `a broken volume claim is refused`(refusal: Refusal) {
        #expect(refusal.isAlone, "\(problems(of: refusal.text))")
    }

    @Test(arguments: containerShapes + restartRules) func `a broken container is refused`(refusal: Refusal) {
        #expect(refusal.isAlone, "\(problems(of: refusal.text))")
    }

    @Test(arguments: actionRules) func `a broken probe, hook or port is refused`(refusal: Refusal) {
        #expect(refusal.isAlone, "\(problems(of: refusal.text))")
    }

    @Test(arguments: templateRules) func `a broken template is refused`(refusal: Refusal) {
        #expect(refusal.isAlone, "\(problems(of: refusal.text))")
    }
}
