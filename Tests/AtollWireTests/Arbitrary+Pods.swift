import AtollModel
import AtollWire

extension Arbitrary {
    mutating func assignment() -> Assignment {
        Assignment(
            epoch: Epoch(number()),
            generation: Generation(number()),
            base: maybe { Generation($0.number()) },
            launches: list { $0.jobLaunch() },
            peers: list { $0.peerTable() },
            peerLists: list { $0.peerList() },
            pods: list { $0.podAssignment() },
            forget: list { $0.podID() },
            removals: list { VolumeClaimID(name: $0.objectName(), uid: $0.uid()) }
        )
    }

    mutating func podAssignment() -> PodAssignment {
        PodAssignment(
            id: podID(),
            goal: one(of: PodAssignment.Goal.allCases),
            devices: list { $0.number() },
            attempts: maybe { $0.attempts() }
        )
    }

    mutating func attempts() -> InPlaceAttempts {
        InPlaceAttempts(
            previous: maybe { $0.number() },
            current: maybe { $0.number() },
            first: maybe { $0.number() }
        )
    }

    mutating func peerTable() -> PeerTable {
        PeerTable(
            jobSetUID: uid(),
            subdomain: text(),
            jobs: list { PeerTable.Job(name: $0.text(), addresses: $0.list { $0.text() }) }
        )
    }

    mutating func peerList() -> PeerList {
        PeerList(
            jobSetUID: uid(),
            subdomain: text(),
            names: AlikeTexts(list { $0.text() }),
            podCounts: list { $0.number() },
            addresses: AlikeTexts(list { $0.text() }),
            wholeJobs: list { PeerTable.Job(name: $0.text(), addresses: $0.list { $0.text() }) }
        )
    }

    mutating func jobLaunch() -> JobLaunch {
        JobLaunch(
            job: JobID(rawValue: number()),
            jobSet: objectName(),
            jobSetUID: uid(),
            jobName: text(),
            replicatedJob: text(),
            jobIndex: number(),
            replicas: number(),
            podCount: number(),
            indexed: bool(),
            worldSize: number(),
            firstRank: number(),
            masterName: text(),
            subdomain: text(),
            hostNetwork: bool(),
            terminationGrace: duration(),
            labels: labels(),
            annotations: labels(),
            deviceVendor: maybe { $0.one(of: AcceleratorVendor.allCases) },
            restartPolicy: one(of: RestartPolicy.allCases),
            restartsMax: number(),
            volumes: list { $0.volume() },
            initContainers: list { $0.container() },
            containers: list { $0.container() }
        )
    }

    mutating func status() -> StatusBatch {
        StatusBatch(
            epoch: Epoch(number()),
            applied: Generation(number()),
            complete: bool(),
            pods: list { PodReport(pod: $0.podID(), observation: $0.observation()) },
            removedClaims: list { $0.uid() }
        )
    }

    mutating func observation() -> PodObservation {
        one(of: [.starting, .running(running()), .stopping, .ended(exit())])
    }

    private mutating func running() -> RunningPod {
        RunningPod(
            since: timestamp(),
            isReady: bool(),
            restarts: number(),
            attempt: maybe { $0.number() },
            revision: number()
        )
    }

    mutating func exit() -> PodExit {
        let causes: [PodExit.Cause] = [.exited(code: number()), .signaled(number()), .startFailed, .lost]
        return PodExit(cause: one(of: causes), container: text(), at: timestamp(), message: text())
    }

    mutating func podPlan() -> PodPlan {
        PodPlan(
            launch: jobLaunch(),
            pod: podAssignment(),
            peers: maybe { $0.peerTable() },
            host: host(),
            hostAddress: text()
        )
    }

    mutating func podRecord() -> PodRecord {
        PodRecord(
            pod: podID(),
            observation: observation(),
            supervisorPID: number(),
            containerPIDs: list { $0.number() },
            heedsLease: bool()
        )
    }

    mutating func outputRead() -> OutputRead {
        OutputRead(
            read: number(),
            pod: podID(),
            start: bool() ? .offset(number()) : .lastLines(number()),
            bytesMax: number(),
            follow: bool()
        )
    }

    mutating func outputChunk() -> OutputChunk {
        OutputChunk(read: number(), pod: podID(), offset: number(), data: bytes(), atEnd: bool())
    }
}
