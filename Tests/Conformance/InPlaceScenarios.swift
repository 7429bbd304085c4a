import Testing

/// None of it is built: whatever a scenario asks for, the JobSet is refused.
struct InPlaceScenarios {
    private static let inPlace = Verdict.missing("`restartStrategy: InPlaceRestart`")

    static let verdicts: Verdicts = [
        "INPLACE-01": inPlace,
        "INPLACE-02": inPlace,
        "INPLACE-03": inPlace,
        "INPLACE-04": inPlace,
        "INPLACE-05": inPlace,
        "INPLACE-06": inPlace,
        "INPLACE-07": inPlace,
        "INPLACE-08": inPlace,
        "INPLACE-09": inPlace,
        "INPLACE-10": inPlace,
        "INPLACE-11": inPlace,
        "INPLACE-12": inPlace,
        "INPLACE-13d": inPlace,
    ]

    private func expectRefused(maxRestarts: Int = 3, template: String = "completions: 1, parallelism: 1") {
        let policy = "failurePolicy: {restartStrategy: InPlaceRestart, maxRestarts: \(maxRestarts)}"
        let manifest = Manifest(spec: policy, job: "replicas: 2", template: template)
        #expect(manifest.problems.isJust("spec.failurePolicy.restartStrategy", "InPlaceRestart is not supported yet"))
    }

    @Test func `INPLACE-01: not built yet: pods that have reported no attempt change nothing`() { expectRefused() }

    @Test func `INPLACE-02: not built yet: the first attempt that all pods have reached is the present one`() {
        expectRefused()
    }

    @Test func `INPLACE-03: not built yet: a pod that goes ahead makes the attempt before a former one`() {
        expectRefused()
    }

    @Test func `INPLACE-04: not built yet: an attempt that all pods have reached becomes the present one`() {
        expectRefused()
    }

    @Test func `INPLACE-05: not built yet: a pod that goes further ahead does the same again`() { expectRefused() }

    @Test func `INPLACE-06: not built yet: the former attempt never goes back`() { expectRefused() }

    @Test func `INPLACE-07: not built yet: containers that restarted too often fail the JobSet`() {
        expectRefused(maxRestarts: 1)
    }

    @Test func `INPLACE-08: not built yet: an attempt beyond the limit fails the JobSet`() {
        expectRefused(maxRestarts: 1)
    }

    @Test func `INPLACE-09: not built yet: restarts that did not count are taken off first`() {
        expectRefused(maxRestarts: 1)
    }

    @Test func `INPLACE-10: not built yet: pods that have failed are not asked for their attempt`() { expectRefused() }

    @Test func `INPLACE-11: not built yet: an attempt that is no number is refused`() { expectRefused() }

    @Test func `INPLACE-12: not built yet: a job whose pods do not all run at once has no barrier`() {
        expectRefused(template: "completions: 2, parallelism: 1")
    }

    @Test func `INPLACE-13d: not built yet: a pod that has succeeded is not waited for`() { expectRefused() }
}
