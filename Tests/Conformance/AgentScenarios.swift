import Testing

/// None of it is built: a pod that would need it is refused.
struct AgentScenarios {
    private static let inPlace = Verdict.missing("`restartStrategy: InPlaceRestart`")

    static let verdicts: Verdicts = [
        "AGENT-01": inPlace,
        "AGENT-02": inPlace,
        "AGENT-03": inPlace,
        "AGENT-04": inPlace,
        "AGENT-05": inPlace,
        "AGENT-06": inPlace,
        "AGENT-07": inPlace,
        "AGENT-08": inPlace,
        "AGENT-09": inPlace,
    ]

    private func expectRefused() {
        let manifest = Manifest(spec: "failurePolicy: {restartStrategy: InPlaceRestart}")
        #expect(manifest.problems.isJust("spec.failurePolicy.restartStrategy", "InPlaceRestart is not supported yet"))
    }

    @Test func `AGENT-01: not built yet: a pod that starts first says that its attempt is 0`() { expectRefused() }

    @Test func `AGENT-02: not built yet: a pod that starts anew says that its attempt is the next one`() {
        expectRefused()
    }

    @Test func `AGENT-03: not built yet: also after several restarts`() { expectRefused() }

    @Test func `AGENT-04: not built yet: a new pod beside a former attempt says the next one and stays`() {
        expectRefused()
    }

    @Test func `AGENT-05: not built yet: a pod of a former attempt restarts its processes`() { expectRefused() }

    @Test func `AGENT-06: not built yet: a pod of the present attempt lets its program start`() { expectRefused() }

    @Test func `AGENT-07: not built yet: once it has started nothing more happens`() { expectRefused() }

    @Test func `AGENT-08: not built yet, but without the strategy its program starts at once`() {
        expectRefused()
        #expect(Manifest(spec: "failurePolicy: {restartStrategy: Recreate}").problems.isEmpty)
    }

    @Test func `AGENT-09: not built yet: beside the program, a probe tells that it may start`() {
        expectRefused()
        let probed = "command: [serve], startupProbe: {httpGet: {port: 8081}}"
        #expect(Manifest(container: probed).problems.count == 1)
    }
}
