import AtollCore
import AtollLoop
import AtollModel
import Glibc
import Logging

// Pods: their folders and their supervisors.
extension AgentShell {
    /// Returns what is known at once, for a pod that could not be started.
    func perform(_ command: PodCommand) -> PodReport? {
        do throws(AgentError) {
            switch command {
            case .start(let plan): try start(plan)
            case .stop(let pod): stop(pod)
            case .updateHosts(let plan):
                try state.folder(of: plan.pod.id).writeHosts(HostsFile.text(for: plan))
            case .tell(let pod, let attempts): try tell(pod, attempts)
            case .forget(let pod):
                release(pod)
                try state.folder(of: pod).remove()
                log.debug("pod forgotten", metadata: [LogKey.pod: "\(pod)"])
            }
            return nil
        } catch {
            log.error("a pod command failed", metadata: [LogKey.reason: "\(error)"])
            switch command {
            case .start(let plan): return notStarted(plan.pod.id, error)
            // The pod would wait for ever. The next agent is told again.
            case .tell: die(error.message)
            case .stop, .updateHosts, .forget: break
            }
            return nil
        }
    }

    private func notStarted(_ pod: PodID, _ error: AgentError) -> PodReport {
        let observation = PodObservation.ended(PodExit(cause: .startFailed, at: now().wall, message: error.message))
        let folder = state.folder(of: pod)
        unwatch(pod)
        pods[pod] = PodHandle(folder: folder, isEnded: true)
        do throws(AgentError) {
            // For the next agent; where not even this can be written, that one finds a pod without a supervisor.
            try folder.write(PodRecord(pod: pod, observation: observation, supervisorPID: 0))
        } catch {
            log.error("a pod's end cannot be recorded", metadata: [LogKey.pod: "\(pod)", LogKey.reason: "\(error)"])
        }
        return PodReport(pod: pod, observation: observation)
    }

    private func start(_ plan: PodPlan) throws(AgentError) {
        let pod = plan.pod.id
        let folder = state.folder(of: pod)
        try folder.create(plan)
        if let root = settings.volumeClaims { try folder.write(claims: root) }
        try watch(pod, folder)
        var command = ChildProcess.Command(
            path: settings.program,
            arguments: ["atoll-agent", "supervise", folder.path]
        )
        // What goes wrong before there is a record must be read somewhere.
        command.standardError = .inherited
        do throws(LoopError) {
            let child = try ChildProcess(on: loop, command) { _ in
                self.supervisorEnded(pod)
                self.leaving[pod] = nil
            }
            pods[pod]?.supervisor = .child(child)
        } catch {
            throw AgentError(.system(EAGAIN), "cannot start the supervisor: \(error)")
        }
        log.debug("pod started", metadata: [LogKey.pod: "\(pod)", LogKey.job: "\(plan.launch.jobName)"])
    }

    private func stop(_ pod: PodID) {
        pods[pod]?.isStopWanted = true
        stopIfWanted(pod)
    }

    /// A supervisor that has not yet blocked its signals would die of the first one, and take no pod along.
    private func stopIfWanted(_ pod: PodID) {
        guard let handle = pods[pod], handle.isStopWanted, let supervisor = handle.supervisor,
            record(of: pod) != nil
        else { return }
        pods[pod]?.isStopWanted = false
        signal(SIGTERM, to: supervisor, of: pod)
    }

    /// A supervisor that has no record yet reads the file once it has one, and before would die of the signal.
    private func tell(_ pod: PodID, _ attempts: InPlaceAttempts) throws(AgentError) {
        try state.folder(of: pod).write(attempts)
        watchSupervisor(of: pod)
        guard let supervisor = pods[pod]?.supervisor, record(of: pod) != nil else { return }
        signal(SIGHUP, to: supervisor, of: pod)
    }

    private func signal(_ number: CInt, to supervisor: PodHandle.Supervisor, of pod: PodID) {
        do throws(LoopError) {
            try supervisor.signal(number)
            log.debug("pod signalled", metadata: [LogKey.pod: "\(pod)", LogKey.signal: "\(number)"])
        } catch {
            log.debug("the supervisor has just ended", metadata: [LogKey.pod: "\(pod)"])
        }
    }

    /// What was found when the agent started.
    func adopt(_ adoption: PodAdoption) {
        let pod = adoption.pod.id
        let folder = state.folder(of: pod)
        if case .ended = adoption.pod.observation {
            pods[pod] = PodHandle(folder: folder, isEnded: true)
            return
        }
        do throws(AgentError) {
            try watch(pod, folder)
        } catch {
            log.error("a pod cannot be watched", metadata: [LogKey.pod: "\(pod)", LogKey.reason: "\(error)"])
        }
        if adoption.isSupervised { watchSupervisor(of: pod) } else { supervisorEnded(pod) }
    }

    /// Of an adopted pod, once its record tells the supervisor's number.
    private func watchSupervisor(of pod: PodID) {
        guard let handle = pods[pod], handle.supervisor == nil, !handle.isLost, let record = record(of: pod) else {
            return
        }
        do throws(LoopError) {
            let watch = try ProcessWatch(on: loop, processID: record.supervisorPID) { self.supervisorEnded(pod) }
            pods[pod]?.supervisor = .adopted(watch)
        } catch {
            supervisorEnded(pod)
        }
    }

    private func watch(_ pod: PodID, _ folder: PodFolder) throws(AgentError) {
        var handle = pods[pod] ?? PodHandle(folder: folder)
        handle.watch = try folders?.add(folder.path, content: !handle.follows.isEmpty)
        if let number = handle.watch { podsByWatch[number] = pod }
        pods[pod] = handle
    }

    func watchContent(of pod: PodID) {
        guard let handle = pods[pod], handle.watch != nil else { return }
        do throws(AgentError) {
            try watch(pod, handle.folder)
        } catch {
            log.error("a pod cannot be watched", metadata: [LogKey.pod: "\(pod)", LogKey.reason: "\(error)"])
        }
    }

    private func unwatch(_ pod: PodID) {
        guard let number = pods[pod]?.watch else { return }
        folders?.remove(number)
        podsByWatch[number] = nil
        pods[pod]?.watch = nil
    }

    private func release(_ pod: PodID) {
        unwatch(pod)
        serveFollows(of: pod)
        if case .child(let child) = pods[pod]?.supervisor { leaving[pod] = child }
        pods[pod] = nil
    }

    private func record(of pod: PodID) -> PodRecord? {
        do throws(AgentError) {
            return try state.folder(of: pod).record()
        } catch {
            log.error("a pod's record cannot be read", metadata: [LogKey.pod: "\(pod)", LogKey.reason: "\(error)"])
            return nil
        }
    }
}

// What supervisors write, and what happens when they are gone.
extension AgentShell {
    /// - Parameter numbers: of the folders that changed; empty when it may be any.
    func foldersChanged(_ numbers: Set<CInt>) {
        let changed = numbers.isEmpty ? Array(podsByWatch.values) : numbers.compactMap { podsByWatch[$0] }
        observe(changed.sorted())
    }

    private func observe(_ changed: [PodID]) {
        var reports: [PodReport] = []
        for pod in changed {
            serveFollows(of: pod)
            guard pods[pod]?.isEnded == false, let record = record(of: pod) else { continue }
            reports.append(PodReport(pod: pod, observation: record.observation))
            tellNotes(of: pod)
            watchSupervisor(of: pod)
            stopIfWanted(pod)
            if case .ended(let exit) = record.observation { ended(pod, exit) }
        }
        if !reports.isEmpty { handle(.podsObserved(reports)) }
    }

    private func ended(_ pod: PodID, _ exit: PodExit) {
        pods[pod]?.isEnded = true
        pods[pod]?.isLost = false
        unwatch(pod)
        serveFollows(of: pod)
        log.debug(
            "pod ended",
            metadata: [LogKey.pod: "\(pod)", LogKey.cause: "\(exit.cause)", LogKey.reason: "\(exit.message)"]
        )
    }

    private func tellNotes(of pod: PodID) {
        guard let handle = pods[pod], !handle.areNotesTold else { return }
        pods[pod]?.areNotesTold = true
        do throws(AgentError) {
            for note in try handle.folder.notes() {
                log.warning("a pod does without", metadata: [LogKey.pod: "\(pod)", LogKey.reason: "\(note)"])
            }
        } catch {
            log.error("a pod's notes cannot be read", metadata: [LogKey.pod: "\(pod)", LogKey.reason: "\(error)"])
        }
    }

    private func supervisorEnded(_ pod: PodID) {
        pods[pod]?.supervisor = nil
        // The usual way: it wrote how the pod ended, and then went.
        guard pods[pod]?.isEnded == false else { return }
        pods[pod]?.isLost = true
        // Its last word may be there already.
        observe([pod])
        if pods[pod]?.isLost == true { buryLostPods() }
    }

    /// Kills what supervisors left behind. Their pods have ended only when nothing of them is left.
    func buryLostPods() {
        let lost = pods.filter { $0.value.isLost }.keys.sorted()
        var buried: [PodID] = []
        for pod in lost {
            do throws(AgentError) {
                if try bury(pod) { buried.append(pod) }
            } catch {
                log.error("a lost pod cannot be settled", metadata: [LogKey.pod: "\(pod)", LogKey.reason: "\(error)"])
            }
        }
        if buried.count < lost.count { timers.lost?.arm(after: .milliseconds(100)) }
        observe(buried)
    }

    /// True when nothing of the pod is left, and its record says so. Under the supervisor's lock, so that one which was
    /// started and has not come that far finds the pod ended; and looked for again under it, because one may have come
    /// that far, and been killed, while we looked.
    private func bury(_ pod: PodID) throws(AgentError) -> Bool {
        let folder = state.folder(of: pod)
        guard try ProcessTree.killLeftovers(of: folder), let lock = try folder.lock(),
            try ProcessTree.killLeftovers(of: folder)
        else { return false }
        let message =
            "the pod's supervisor ended without telling how the pod did; the host was restarted or it was killed"
        let exit = PodExit(cause: .lost, at: now().wall, message: message)
        tellJournal(exit, folder)
        try folder.write(PodRecord(pod: pod, observation: .ended(exit), supervisorPID: 0))
        _ = consume lock
        log.info("a pod was lost", metadata: [LogKey.pod: "\(pod)"])
        return true
    }

    /// In place of the supervisor. Neither a damaged plan nor a full disk keeps a pod from being settled.
    private func tellJournal(_ exit: PodExit, _ folder: PodFolder) {
        do throws(AgentError) {
            if let plan = try folder.plan() { try folder.journal.append(.end(exit), of: plan) }
        } catch {
            log.error("the journal lacks a pod's end", metadata: [LogKey.reason: "\(error)"])
        }
    }
}
