/// How Atoll stands to one scenario. Every scenario has a test of its name, whatever the verdict.
enum Verdict: Equatable {
    /// What the scenario expects is what happens.
    case passes
    /// Something else happens, on purpose; the test shows what.
    case differs(Difference)
    /// The scenario speaks of something that does not exist here; why, a clause without a full stop.
    case notApplicable(String)
    /// What is not built yet; the test shows that nothing claims otherwise.
    case missing(String)
}

/// By scenario id. Those that are not named pass.
typealias Verdicts = [String: Verdict]

/// A row of docs/differences.md; the raw value is its first column.
enum Difference: String, CaseIterable {
    case admissionOfTemplates = "a template that the Job API would refuse"
    case barrier = "the barrier of restarts in place"
    case brokenPattern = "a broken regular expression in `onJobFailureMessagePatterns`"
    case dependencyOnFailed = "`dependsOn: Ready` and failed jobs"
    case exclusivePriority = "what *exclusive* means"
    case finalizers = "finalizers"
    case gang = "gang scheduling"
    case leaders = "leader and follower pods"
    case mergedTemplates = "a key removed from the pod template while suspended"
    case nodeSelectorStrategy = "the node-selector placement strategy"
    case objects
    case peerNames = "names of pods"
    case podFields = "fields of the pod template"
    case policyAdded = "a policy added to, or removed from, a live JobSet"
    case selfDependency = "a ReplicatedJob that depends on itself"
    case succeededPods = "restart in place and pods that have succeeded"
    case unreadyAddresses = "`publishNotReadyAddresses: false`"
}
