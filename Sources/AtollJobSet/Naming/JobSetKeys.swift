/// Keys of JobSet's labels and annotations. Source: semantics of a.5.
public enum JobSetKeys {
    public static let jobSetName = "jobset.sigs.k8s.io/jobset-name"
    public static let jobSetUID = "jobset.sigs.k8s.io/jobset-uid"
    public static let replicatedJobName = "jobset.sigs.k8s.io/replicatedjob-name"
    public static let replicatedJobReplicas = "jobset.sigs.k8s.io/replicatedjob-replicas"
    public static let restartAttempt = "jobset.sigs.k8s.io/restart-attempt"
    public static let jobRestartAttempt = "jobset.sigs.k8s.io/job-restart-attempt"
    public static let globalReplicas = "jobset.sigs.k8s.io/global-replicas"
    public static let jobIndex = "jobset.sigs.k8s.io/job-index"
    public static let jobGlobalIndex = "jobset.sigs.k8s.io/job-global-index"
    public static let jobKey = "jobset.sigs.k8s.io/job-key"
    public static let groupName = "jobset.sigs.k8s.io/group-name"
    public static let groupReplicas = "jobset.sigs.k8s.io/group-replicas"
    public static let jobGroupIndex = "jobset.sigs.k8s.io/job-group-index"
    public static let coordinator = "jobset.sigs.k8s.io/coordinator"
    /// Annotation of a JobSet or of a job template: the topology key whose domains each hold one job.
    public static let exclusiveTopology = "alpha.jobset.sigs.k8s.io/exclusive-topology"
    /// Annotation beside `exclusiveTopology`: hosts were labelled for the jobs beforehand.
    public static let nodeSelectorStrategy = "alpha.jobset.sigs.k8s.io/node-selector"
    /// Annotation of a JobSet, whatever its value: its pods start at once and never restart in place.
    public static let disableInPlaceRestart = "jobset.sigs.k8s.io/disable-in-place-restart"
    /// Annotation of a job and its pods: `status.executionAttempts` when they were started last.
    public static let executionAttempt = "jobset.sigs.k8s.io/execution-attempt"
    /// Annotation of a pod: the attempt that it has come to.
    public static let inPlaceRestartAttempt = "jobset.sigs.k8s.io/in-place-restart-attempt"
    /// Label and annotation of the pods of Indexed jobs.
    public static let jobCompletionIndex = "batch.kubernetes.io/job-completion-index"
}
