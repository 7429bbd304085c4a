import AtollCore
import AtollModel
import Testing

@Suite struct PodEnvironmentTests {
    private static func plan(_ edit: (inout PodPlan) -> Void = { _ in }) -> PodPlan {
        let launch = JobLaunch(
            job: JobID(rawValue: 0x2a),
            jobSet: ObjectName(name: "multislice"),
            jobSetUID: ObjectUID("uid"),
            jobName: "multislice-workers-1",
            replicatedJob: "workers",
            jobIndex: 1,
            replicas: 4,
            podCount: 2,
            worldSize: 8,
            firstRank: 2,
            masterName: "multislice-workers-0-0.multislice",
            subdomain: "multislice",
            labels: ["team": "a"],
            annotations: ["jobset.sigs.k8s.io/jobset-name": "multislice", "jobset.sigs.k8s.io/job-index": "1"],
            deviceVendor: .google,
            containers: [ContainerSpec(name: "main", command: ["echo"], args: ["$(RANK)"])]
        )
        let peers = PeerTable(
            jobSetUID: ObjectUID("uid"),
            subdomain: "multislice",
            jobs: [
                .init(name: "multislice-workers-0", addresses: ["127.0.1.1", "127.0.1.2"]),
                .init(name: "multislice-workers-1", addresses: ["127.0.1.3", ""]),
            ]
        )
        var plan = PodPlan(
            launch: launch,
            pod: PodAssignment(
                id: PodID(job: JobID(rawValue: 0x2a), index: 1, replacement: 0),
                goal: .run,
                devices: [0, 1, 2, 3]
            ),
            peers: peers,
            host: HostID("host-4"),
            hostAddress: "127.0.1.4"
        )
        edit(&plan)
        return plan
    }

    private static func variables(_ edit: (inout PodPlan) -> Void = { _ in }) -> [String] {
        let environment = PodEnvironment(plan(edit), folder: "/pods/p")
        return environment.processes[0].variables.map { "\($0.name)=\($0.value)" }
    }

    @Test func `a TPU pod of a multislice job gets all that JAX and PyTorch read`() {
        #expect(
            Self.variables() == [
                "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
                "HOME=/pods/p/work",
                "LANG=C.UTF-8",
                "HOSTNAME=multislice-workers-1-1",
                "ATOLL_POD=2a-1-0",
                "ATOLL_CONTAINER=main",
                "ATOLL_DOWNWARD=/pods/p/downward",
                "JOBSET_JOB_INDEX=1",
                "JOBSET_NAME=multislice",
                "TPU_VISIBLE_CHIPS=0,1,2,3",
                "JOB_COMPLETION_INDEX=1",
                "MASTER_ADDR=multislice-workers-0-0.multislice",
                "MASTER_PORT=29500",
                "WORLD_SIZE=8",
                "RANK=3",
                "JAX_COORDINATOR_ADDRESS=multislice-workers-0-0.multislice:8476",
                "JAX_NUM_PROCESSES=8",
                "JAX_PROCESS_ID=3",
                "TPU_WORKER_ID=1",
                "TPU_WORKER_HOSTNAMES=multislice-workers-1-0.multislice,multislice-workers-1-1.multislice",
                "MEGASCALE_COORDINATOR_ADDRESS=multislice-workers-0-0.multislice",
                "MEGASCALE_NUM_SLICES=4",
                "MEGASCALE_SLICE_ID=1",
            ]
        )
    }

    @Test(arguments: [
        (AcceleratorVendor.nvidia, "CUDA_VISIBLE_DEVICES=2,5"), (.amd, "ROCR_VISIBLE_DEVICES=2,5"),
        (.habana, "HABANA_VISIBLE_DEVICES=2,5"),
    ])
    func `devices are named in the vendor's own variable`(vendor: AcceleratorVendor, expected: String) {
        let variables = Self.variables {
            $0.launch.deviceVendor = vendor
            $0.pod.devices = [2, 5]
        }
        #expect(variables.contains(expected))
        // Or CUDA would count them in an order of its own.
        #expect(variables.contains("CUDA_DEVICE_ORDER=PCI_BUS_ID") == (vendor == .nvidia))
        #expect(!variables.contains { $0.hasPrefix("TPU_") || $0.hasPrefix("MEGASCALE_") })
    }

    @Test func `a pod without devices sees none`() {
        let variables = Self.variables {
            $0.launch.deviceVendor = nil
            $0.pod.devices = []
        }
        #expect(variables.filter { $0.contains("VISIBLE") }.map { $0.split(separator: "=").count } == [1, 1, 1])
    }

    @Test func `the manifest's own variables win, and refer to what comes before them`() {
        let variables = Self.variables {
            $0.launch.containers[0].env = [
                .init(name: "RANK", source: .value("9")),
                .init(name: "A", source: .value("r$(RANK)-$(LATER)-$$(RANK)-$")),
                .init(name: "LATER", source: .field(path: "metadata.labels['team']")),
                .init(name: "NODE", source: .field(path: "spec.nodeName")),
                .init(
                    name: "I",
                    source: .field(path: "metadata.annotations['batch.kubernetes.io/job-completion-index']")
                ),
            ]
        }
        #expect(variables.contains("RANK=9"))
        #expect(variables.filter { $0.hasPrefix("RANK=") }.count == 1)
        #expect(variables.suffix(4) == ["A=r9-$(LATER)-$(RANK)-$", "LATER=a", "NODE=host-4", "I=1"])
    }

    @Test func `arguments are expanded and the working directory defaults to the pod's own`() {
        let process = PodEnvironment(Self.plan(), folder: "/pods/p").processes[0]
        #expect(process.arguments == ["echo", "3"])
        #expect(process.workingDirectory == "/pods/p/work")
    }

    @Test func `init containers come first, and each container knows its name`() {
        let plan = Self.plan { $0.launch.initContainers = [ContainerSpec(name: "setup", command: ["true"])] }
        let processes = PodEnvironment(plan, folder: "/p").processes
        #expect(processes.map(\.name) == ["setup", "main"])
        let told = processes.map { $0.variables.first { $0.name == "ATOLL_CONTAINER" }?.value }
        #expect(told == ["setup", "main"])
    }

    @Test func `a probe's command is expanded from its container's variables`() {
        let process = PodEnvironment(Self.plan(), folder: "/p").processes[0].running(["check", "$(RANK)", "$(NO)"])
        #expect(process.arguments == ["check", "3", "$(NO)"])
        #expect(process.workingDirectory == "/p/work")
    }

    @Test func `a name is found in a hosts file as a resolver would`() {
        let text = "127.0.0.1 localhost # mine\n10.0.0.1\ta.js a\n# 10.0.0.2 b\n10.0.0.3 a\n"
        #expect(HostsFile.address(of: "localhost", in: text) == "127.0.0.1")
        #expect(HostsFile.address(of: "a", in: text) == "10.0.0.1")
        #expect(HostsFile.address(of: "b", in: text) == nil)
        #expect(HostsFile.address(of: "10.0.0.1", in: text) == nil)
        #expect(HostsFile.address(of: "mine", in: text) == nil)
    }

    @Test func `the hosts file names every pod that has a host, itself too`() {
        let text = """
            127.0.0.1 localhost
            ::1 localhost ip6-localhost ip6-loopback
            127.0.1.1 multislice-workers-0-0.multislice multislice-workers-0-0
            127.0.1.2 multislice-workers-0-1.multislice multislice-workers-0-1
            127.0.1.3 multislice-workers-1-0.multislice multislice-workers-1-0
            127.0.1.4 multislice-workers-1-1.multislice multislice-workers-1-1

            """
        #expect(PodEnvironment(Self.plan(), folder: "/p").hosts == text)
    }

    @Test func `a pod on the host network keeps the host's name`() {
        let environment = PodEnvironment(Self.plan { $0.launch.hostNetwork = true }, folder: "/p")
        #expect(environment.hostName == nil)
        #expect(environment.processes[0].variables.contains { $0.name == "HOSTNAME" && $0.value == "host-4" })
    }

    @Test func `downward files have one escaped pair on a line`() {
        let environment = PodEnvironment(Self.plan { $0.launch.labels["q"] = "a\"b\\c\nd" }, folder: "/p")
        let labels = environment.downward.first { $0.name == "labels" }
        let expected = """
            batch.kubernetes.io/job-completion-index="1"
            batch.kubernetes.io/job-name="multislice-workers-1"
            job-name="multislice-workers-1"
            q="a\\"b\\\\c\\nd"
            team="a"

            """
        #expect(labels?.text == expected)
    }

    @Test func `a job without completion indexes gets no rank`() {
        let variables = Self.variables { $0.launch.indexed = false }
        #expect(!variables.contains { $0.hasPrefix("RANK=") || $0.hasPrefix("JOB_COMPLETION_INDEX=") })
    }
}
