import AtollClient
import AtollModel
import AtollYAML
import Testing

struct PageTests {
    private let now = Samples.now

    @Test(arguments: [
        ("", "0 of at most 3"), (#", "currentInPlaceRestartAttempt":2"#, "0 of at most 3, and 2 in place"),
    ])
    func `a JobSet says how often it restarted in place`(status: String, restarts: String) throws {
        let jobSet = try Samples.jobSet(status: status)
        let lines = Page.jobSet(jobSet, jobs: [], pods: [], events: [], now: now).lines().text.split(separator: "\n")
        #expect(lines.contains { $0.hasPrefix("Restarts:") && $0.hasSuffix(" \(restarts)") })
    }

    @Test func `a JobSet is described with its jobs, pods and events`() throws {
        let started = Samples.condition(
            "StartupPolicyCompleted",
            reason: "StartupPolicyCompleted",
            message: "all started"
        )
        let jobSet = try Samples.jobSet(status: ", \"conditions\":[\(started)]")
        let jobs = [try Samples.job(0), try Samples.job(1)]
        let (pods, events) = (try Samples.pods(), try Samples.events())
        let text = Page.jobSet(jobSet, jobs: jobs, pods: pods, events: events, now: now).lines().text
        #expect(
            text == """
                Name:         multislice
                Namespace:    default
                Labels:       team=vision
                Annotations:  alpha.jobset.sigs.k8s.io/exclusive-topology=cloud.google.com/gke-nodepool
                Created:      2026-11-23T22:11:50Z (3m10s ago)
                State:        Starting
                Islands:      slice-[1-2]
                Pods:         4 in all, 3 ready, 4 active, 0 succeeded, 0 failed
                Restarts:     0 of at most 3
                Conditions:
                  TYPE                     STATUS   REASON                   AGE     MESSAGE
                  StartupPolicyCompleted   True     StartupPolicyCompleted   2m30s   all started
                Jobs:
                  NAME                   STATE   PODS   RESTARTS   ISLAND    HOSTS
                  multislice-workers-0   Ready    2/2          0   slice-1   tpu-[1-2]
                  multislice-workers-1   Ready    2/2          0   slice-2   tpu-[3-4]
                Pods:
                  NAME                     STATE     HOST    DEVICES   EXIT   AGE
                  multislice-workers-0-0   Running   tpu-1   0-3          -   3m
                  multislice-workers-0-1   Running   tpu-2   0-3          -   3m
                  multislice-workers-1-0   Running   tpu-3   0-3          -   3m
                  multislice-workers-1-1   Failed    tpu-4   0-3        137   5s
                Events:
                  AGE       TYPE      REASON           MESSAGE
                  3m        Normal    IslandsClaimed   claimed slice-1 and slice-2
                  3m (x2)   Warning   PodFailed        pod multislice-workers-1-1 on tpu-4 ended with 137
                """
        )
    }

    @Test func `a waiting JobSet says what it waits for`() throws {
        let jobSet = try Samples.jobSet(name: "llama", placement: Samples.waiting)
        let text = Page.jobSet(jobSet, jobs: [], pods: [], events: [], now: now).lines().text
        #expect(
            text == """
                Name:         llama
                Namespace:    default
                Labels:       team=vision
                Annotations:  alpha.jobset.sigs.k8s.io/exclusive-topology=cloud.google.com/gke-nodepool
                Created:      2026-11-23T22:11:50Z (3m10s ago)
                State:        Waiting
                Waits for:    needs 5 free islands under cloud.google.com/gke-nodepool, 4 are free
                Waits since:  2026-11-23T22:12:00Z (3m ago)
                Pods:         4 in all, 3 ready, 4 active, 0 succeeded, 0 failed
                Restarts:     0 of at most 3
                """
        )
    }

    @Test func `a job is described with its own events`() throws {
        let pods = Array(try Samples.pods().suffix(2))
        let text = Page.job(try Samples.job(1), pods: pods, events: try Samples.events(), now: now).lines().text
        #expect(
            text == """
                Name:       multislice-workers-1
                Namespace:  default
                Labels:     jobset.sigs.k8s.io/job-index=1
                            jobset.sigs.k8s.io/jobset-name=multislice
                            jobset.sigs.k8s.io/replicatedjob-name=workers
                Created:    2026-11-23T22:11:50Z (3m10s ago)
                JobSet:     multislice
                State:      Ready
                Island:     slice-2 (cloud.google.com/gke-nodepool)
                Hosts:      tpu-[3-4]
                Pods:       2/2 ready
                Restarts:   0
                Pods:
                  NAME                     STATE     HOST    DEVICES   EXIT   AGE
                  multislice-workers-1-0   Running   tpu-3   0-3          -   3m
                  multislice-workers-1-1   Failed    tpu-4   0-3        137   5s
                """
        )
    }

    @Test func `a pod is described with the events that name it`() throws {
        let text = Page.pod(try Samples.pods()[3], events: try Samples.events(), now: now).lines().text
        #expect(
            text == """
                Name:       multislice-workers-1-1
                Namespace:  default
                Labels:     jobset.sigs.k8s.io/job-index=1
                            jobset.sigs.k8s.io/jobset-name=multislice
                            jobset.sigs.k8s.io/replicatedjob-name=workers
                JobSet:     multislice
                State:      Failed
                Reason:     Error
                Exit code:  137
                Ended:      2026-11-23T22:14:55Z (5s ago)
                Restarts:   0
                Host:       tpu-4
                Address:    127.0.1.4
                Island:     slice-2
                Devices:    0-3
                Hostname:   multislice-workers-1-1.multislice
                Events:
                  AGE       TYPE      REASON      MESSAGE
                  3m (x2)   Warning   PodFailed   pod multislice-workers-1-1 on tpu-4 ended with 137
                """
        )
    }

    @Test func `a host is described with its devices and warnings`() throws {
        let warnings = #", "warnings":["/sys/class/accel/accel3: unreadable","two"]"#
        let page = Page.host(
            try Samples.host(1, job: 0, more: warnings),
            devices: try Samples.devices(host: 1, pod: "multislice-workers-0-0"),
            islands: try Samples.islands(),
            pods: [try Samples.pods()[0]],
            now: now
        )
        let text = page.lines().text
        #expect(
            text == """
                Name:         tpu-1
                Labels:       cloud.google.com/gke-nodepool=slice-1
                State:        Ready
                Last heard:   2026-11-23T22:14:58Z (2s ago)
                Address:      127.0.1.1
                Claimed by:   default/multislice-workers-0
                Islands:      slice-1 (cloud.google.com/gke-nodepool), Claimed
                Accelerator:  TPU v5e
                Devices:      0/4 free
                Model:        ct5lp-hightpu-4t
                CPUs:         112 in 2 NUMA nodes
                Memory:       192 GiB
                Kernel:       6.1.0-32-amd64
                Boot:         8f6e
                Agent:        0.1.0
                Warnings:     /sys/class/accel/accel3: unreadable
                              two
                Devices:
                  INDEX   STATE   MODEL     PCI            NUMA   DRIVER     POD
                  0       InUse   TPU v5e   0000:00:00.0   0      vfio-pci   multislice-workers-0-0
                  1       InUse   TPU v5e   0000:01:00.0   0      vfio-pci   multislice-workers-0-0
                  2       InUse   TPU v5e   0000:02:00.0   1      vfio-pci   multislice-workers-0-0
                  3       InUse   TPU v5e   0000:03:00.0   1      vfio-pci   multislice-workers-0-0
                Pods:
                  NAME                     STATE     HOST    DEVICES   EXIT   AGE
                  multislice-workers-0-0   Running   tpu-1   0-3          -   3m
                """
        )
    }

    @Test func `what is wrong with a host is a table of its own`() throws {
        let host = try Samples.host(1, job: nil, more: Samples.findings("error", "warning"))
        let text = Page.host(host, devices: [], islands: [], pods: [], now: now).lines().text
        #expect(
            text.hasSuffix(
                """
                Findings:
                  SEVERITY   FINDING        ABOUT          MESSAGE
                  error      LinkNarrowed   0000:00:00.0   8 of 16 lanes
                  warning    LinkNarrowed   0000:01:00.0   8 of 16 lanes
                """
            )
        )
    }

    @Test func `above a host's own view stands what the coordinator makes of it`() throws {
        let host = try Samples.host(1, job: 0, more: Samples.findings("error"))
        let devices = [
            try Samples.device(host: 1, index: 0, pod: "multislice-workers-0-0"),
            try Samples.device(host: 1, index: 1, pod: nil),
        ]
        #expect(
            Page.standing(of: host, devices: devices).lines().text == """
                Name:        tpu-1
                State:       Ready
                Claimed by:  default/multislice-workers-0
                Devices:     0/4 free
                Findings:
                  SEVERITY   FINDING        ABOUT          MESSAGE
                  error      LinkNarrowed   0000:00:00.0   8 of 16 lanes
                Devices in use:
                  INDEX   PCI            POD
                  0       0000:00:00.0   multislice-workers-0-0
                """
        )
    }

    @Test func `a lost host is described with the reason, and when its island opens`() throws {
        let more = #", "reason":"silent for 10 s","podLease":"60s","opensAt":"2026-11-23T22:16:04Z""#
        let host = try Samples.host(1, state: "Lost", job: 0, more: more)
        let text = Page.host(host, devices: [], islands: [], pods: [], now: now).lines().text
        #expect(
            text.contains(
                """
                State:        Lost
                Reason:       silent for 10 s
                Opens:        2026-11-23T22:16:04Z
                Last heard:   2026-11-23T22:14:58Z (2s ago)
                Pod lease:    60s
                """
            )
        )
    }

    @Test func `an island is described with its hosts and pods`() throws {
        let (hosts, pods) = (Array(try Samples.hosts().prefix(2)), Array(try Samples.pods().prefix(2)))
        let text = Page.island(try Samples.islands()[0], hosts: hosts, pods: pods, now: now).lines().text
        #expect(
            text == """
                Name:         slice-1
                Key:          cloud.google.com/gke-nodepool
                State:        Claimed
                Claimed by:   default/multislice-workers-0
                Accelerator:  TPU v5e
                Devices:      0/8 free
                Hosts:        2/2 ready
                Hosts:
                  NAME    STATE   DEVICES   JOB                            ADDRESS     FINDINGS
                  tpu-1   Ready   0/4       default/multislice-workers-0   127.0.1.1   -
                  tpu-2   Ready   0/4       default/multislice-workers-0   127.0.1.2   -
                Pods:
                  NAME                     STATE     HOST    DEVICES   EXIT   AGE
                  multislice-workers-0-0   Running   tpu-1   0-3          -   3m
                  multislice-workers-0-1   Running   tpu-2   0-3          -   3m
                """
        )
    }
}
