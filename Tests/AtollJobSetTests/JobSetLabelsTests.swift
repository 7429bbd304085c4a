import AtollJobSet
import AtollModel
import Testing

struct JobSetLabelsTests {
    @Test func `a job has all labels of JobSet`() throws {
        var jobSet = try decode(fullManifest).jobSet
        jobSet.metadata.uid = ObjectUID("0b2c")
        let labels = JobSetLabels.forJob(
            of: jobSet,
            replicatedJob: 1,
            jobIndex: 1,
            restartAttempt: 2,
            jobRestartAttempt: 5
        )
        #expect(
            labels == [
                "jobset.sigs.k8s.io/jobset-name": "full",
                "jobset.sigs.k8s.io/jobset-uid": "0b2c",
                "jobset.sigs.k8s.io/replicatedjob-name": "workers",
                "jobset.sigs.k8s.io/restart-attempt": "2",
                "jobset.sigs.k8s.io/job-restart-attempt": "5",
                "jobset.sigs.k8s.io/replicatedjob-replicas": "2",
                "jobset.sigs.k8s.io/global-replicas": "3",
                "jobset.sigs.k8s.io/job-index": "1",
                // Of `team/full-workers-1`, as sha1sum gives it.
                "jobset.sigs.k8s.io/job-key": "dc3d93f708e793c437f03aa2a4d9c69b7fe302ee",
                "jobset.sigs.k8s.io/job-global-index": "2",
                "jobset.sigs.k8s.io/group-name": "default",
                "jobset.sigs.k8s.io/group-replicas": "2",
                "jobset.sigs.k8s.io/job-group-index": "1",
                "jobset.sigs.k8s.io/coordinator": "full-workers-1-3.net",
            ]
        )
    }

    @Test func `indexes count over jobs and within groups`() throws {
        var jobSet = try decode(baseManifest).jobSet
        let first = jobSet.spec.replicatedJobs[0]
        for (name, group) in [("b", "other"), ("c", "default")] {
            var next = first
            next.name = name
            next.groupName = group
            jobSet.spec.replicatedJobs.append(next)
        }
        let labels = JobSetLabels.forJob(of: jobSet, replicatedJob: 2, jobIndex: 1, restartAttempt: 0)
        #expect(labels[JobSetKeys.globalReplicas] == "6")
        #expect(labels[JobSetKeys.jobGlobalIndex] == "5")
        #expect(labels[JobSetKeys.groupReplicas] == "4")
        #expect(labels[JobSetKeys.jobGroupIndex] == "3")
        #expect(labels[JobSetKeys.coordinator] == nil)
    }

    @Test func `placement follows the job's own annotation before the JobSet's`() throws {
        var jobSet = try decode(baseManifest).jobSet
        #expect(JobSetLabels.placementAnnotations(of: jobSet, replicatedJob: 0).isEmpty)
        jobSet.metadata.annotations = [JobSetKeys.nodeSelectorStrategy: "true"]
        #expect(JobSetLabels.placementAnnotations(of: jobSet, replicatedJob: 0).isEmpty)
        jobSet.metadata.annotations[JobSetKeys.exclusiveTopology] = "rack"
        #expect(JobSetLabels.placementAnnotations(of: jobSet, replicatedJob: 0) == jobSet.metadata.annotations)
        jobSet.spec.replicatedJobs[0].annotations = [JobSetKeys.exclusiveTopology: "pod"]
        let both = JobSetLabels.placementAnnotations(of: jobSet, replicatedJob: 0)
        #expect(both == [JobSetKeys.exclusiveTopology: "pod", JobSetKeys.nodeSelectorStrategy: "true"])
    }

    @Test func `names follow from the JobSet`() throws {
        let jobSet = try decode(baseManifest).jobSet
        #expect(jobSet.jobName("workers", 1) == "js-workers-1")
        #expect(JobSetNames.podHostname(job: "js-workers-1", podIndex: 0) == "js-workers-1-0")
        #expect(jobSet.subdomain == "js")
        #expect(jobSet.coordinatorEndpoint == nil)
    }
}
