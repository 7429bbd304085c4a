import AtollModel

/// Values as the agents of a training cluster see them.
enum Samples {
    static let job = JobID(rawValue: 0x1234_5600_0000_0001)

    static func pods(_ count: Int) -> [PodAssignment] {
        (0..<count).map {
            PodAssignment(id: PodID(job: job, index: UInt32($0), replacement: 0), goal: .run, devices: [UInt32($0 % 8)])
        }
    }

    static func assignment(pods count: Int, peerList: PeerList) -> Assignment {
        var assignment = assignment(pods: count, peers: peerList.table)
        assignment.peers = []
        assignment.peerLists = [peerList]
        return assignment
    }

    static func assignment(pods count: Int, peers: PeerTable) -> Assignment {
        Assignment(
            epoch: Epoch(7),
            generation: Generation(12),
            base: Generation(11),
            launches: [launch],
            peers: [peers],
            pods: pods(count)
        )
    }

    static func status(pods count: Int) -> StatusBatch {
        let since = Timestamp(nanoseconds: 1_790_000_000_123_456_789)
        let reports = pods(count).map { PodReport(pod: $0.id, observation: .running(since: since)) }
        return StatusBatch(epoch: Epoch(7), applied: Generation(12), complete: false, pods: reports)
    }

    static func peers(jobs: Int, podsPerJob: Int) -> PeerTable {
        let table = (0..<jobs).map { job in
            let addresses = (0..<podsPerJob).map { "10.\(job >> 8).\(job & 255).\($0)" }
            return PeerTable.Job(name: "training-workers-\(job)", addresses: addresses)
        }
        return PeerTable(
            jobSetUID: ObjectUID("2f0c1a6e-5f0f-4c33-9a55-000000000001"),
            subdomain: "training",
            jobs: table
        )
    }

    static let launch = JobLaunch(
        job: job,
        jobSet: ObjectName(name: "training"),
        jobSetUID: ObjectUID("2f0c1a6e-5f0f-4c33-9a55-000000000001"),
        jobName: "training-workers-0",
        replicatedJob: "workers",
        jobIndex: 0,
        replicas: 250,
        podCount: 15,
        worldSize: 3_750,
        firstRank: 0,
        masterName: "training-workers-0-0.training",
        subdomain: "training",
        labels: [
            "jobset.sigs.k8s.io/jobset-name": "training", "jobset.sigs.k8s.io/replicatedjob-name": "workers",
            "jobset.sigs.k8s.io/job-index": "0", "jobset.sigs.k8s.io/restart-attempt": "0",
        ],
        deviceVendor: .nvidia,
        containers: [
            ContainerSpec(
                name: "main",
                command: ["python3", "train.py", "--steps", "1000"],
                env: [EnvironmentVariable(name: "NCCL_DEBUG", source: .value("WARN"))]
            )
        ]
    )
}
