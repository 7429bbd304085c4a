import AtollJobSet
import AtollModel
import AtollYAML

extension CoordinatorCore {
    mutating func handle(_ input: AdminInput, for ticket: AdminTicket, at now: Instant, into effects: inout Effects) {
        switch input {
        case .apply(let applications, let dryRun):
            apply(applications, dryRun: dryRun, for: ticket, at: now, into: &effects)
        case .deleteJobSet(let name): delete(name, for: ticket, at: now, into: &effects)
        case .deleteVolumeClaim(let name):
            answer(ticket, into: &effects) { core, effects throws(AdminFailure) in
                try core.deleteClaim(name, at: now)
                core.saveClaims(into: &effects)
            }
        case .host(let host, let order):
            answer(ticket, into: &effects) { core, effects throws(AdminFailure) in
                try core.obey(order, about: host, at: now, into: &effects)
            }
        }
    }

    /// Does as it is told, and says so, or why not.
    private mutating func answer(
        _ ticket: AdminTicket,
        into effects: inout Effects,
        _ act: (inout CoordinatorCore, inout Effects) throws(AdminFailure) -> Void
    ) {
        do throws(AdminFailure) {
            try act(&self, &effects)
            effects.send.append(.reply(ticket, .done))
        } catch {
            effects.send.append(.reply(ticket, .failed(error)))
        }
    }

    /// Accepts all of a manifest's JobSets or none. The answer leaves when what it says is durable (I6).
    private mutating func apply(
        _ applications: [JobSetApplication],
        dryRun: Bool,
        for ticket: AdminTicket,
        at now: Instant,
        into effects: inout Effects
    ) {
        var applications = applications
        var results: [ApplyResult] = []
        do {
            if !dryRun { try giveNames(to: &applications) }
            try checkNames(of: applications)
            for application in applications { results.append(try check(application, beside: results.count)) }
        } catch {
            return effects.send.append(.reply(ticket, .failed(error)))
        }
        if !dryRun {
            for (application, result) in zip(applications, results) {
                accept(application, as: result.action, at: now, into: &effects)
            }
        }
        effects.send.append(.reply(ticket, .applied(results)))
    }

    /// Makes the names that are left to us. Applying such a manifest again therefore creates further JobSets.
    private mutating func giveNames(to applications: inout [JobSetApplication]) throws(AdminFailure) {
        var taken = Set(applications.map(\.jobSet.metadata.name))
        for index in applications.indices where applications[index].jobSet.wantsName {
            let metadata = applications[index].jobSet.metadata
            let runs = runs
            let name = cluster.ids.name(from: metadata.generateName) { name in
                let name = ObjectName(namespace: metadata.name.namespace, name: name)
                return runs[name] != nil || taken.contains(name)
            }
            guard let name else {
                let message = "JobSet \(metadata.shownName): the names that were generated exist; apply it again"
                throw AdminFailure(code: .conflict, message: message)
            }
            let jobSet = applications[index].jobSet.named(name)
            taken.insert(jobSet.metadata.name)
            applications[index].jobSet = jobSet
            applications[index].manifest = jobSet.node.jsonText(pretty: false)
        }
    }

    /// One manifest may not say two things about one JobSet.
    private func checkNames(of applications: [JobSetApplication]) throws(AdminFailure) {
        var names: Set<ObjectName> = []
        let given = applications.map(\.jobSet).filter { !$0.wantsName }
        for name in given.map(\.metadata.name) where !names.insert(name).inserted {
            let message = "JobSet \(name) is in the manifest twice; give each a name of its own"
            throw AdminFailure(code: .invalid, message: message)
        }
    }

    /// What applying would do, or why it is refused.
    private func check(_ application: JobSetApplication, beside others: Int) throws(AdminFailure) -> ApplyResult {
        let name = application.jobSet.metadata.name
        let existing = runs[name]
        try checkLimits(application.jobSet, isNew: existing == nil, beside: others)
        var action = ApplyResult.Action.created
        if let existing {
            guard !existing.isDeleting else {
                let message = "JobSet \(name) is being deleted; apply it again once it is gone"
                throw AdminFailure(code: .conflict, message: message)
            }
            let problems = JobSet.updateProblems(from: existing.jobSet, to: application.jobSet)
            guard problems.isEmpty else {
                let message = "JobSet \(name) exists and these fields cannot be changed; delete it first or keep them"
                throw AdminFailure(code: .invalid, message: message, causes: problems.map { $0.cause })
            }
            action = existing.isSame(as: application.jobSet) ? .unchanged : .configured
        } else {
            try checkClaims(of: application.jobSet)
        }
        return ApplyResult(
            kind: JobSet.kind,
            name: application.jobSet.metadata.shownName,
            action: action,
            warnings: application.warnings
        )
    }

    private func checkLimits(_ jobSet: JobSet, isNew: Bool, beside others: Int) throws(AdminFailure) {
        let pods = jobSet.spec.replicatedJobs.reduce(0) { sum, job in
            sum.addingReportingOverflow(Int(job.replicas) * job.template.podCount).partialValue
        }
        guard pods <= cluster.limits.podsPerJobSet else {
            let message =
                "JobSet \(jobSet.metadata.shownName) has \(pods) pods; the limit is \(cluster.limits.podsPerJobSet)"
            throw AdminFailure(code: .limitReached, message: message)
        }
        guard !isNew || runs.count + others < cluster.limits.jobSets else {
            let message = "the limit of \(cluster.limits.jobSets) JobSets is reached; delete finished ones"
            throw AdminFailure(code: .limitReached, message: message)
        }
    }

    private mutating func accept(
        _ application: JobSetApplication,
        as action: ApplyResult.Action,
        at now: Instant,
        into effects: inout Effects
    ) {
        let name = application.jobSet.metadata.name
        switch action {
        case .unchanged: return
        case .configured: runs[name]?.configure(application)
        case .created:
            var jobSet = application.jobSet
            jobSet.metadata.uid = cluster.ids.uid()
            jobSet.metadata.generation = 1
            jobSet.metadata.creationTimestamp = now.wall
            jobSet.status = JobSetStatus()
            var run = JobSetRun(
                jobSet: jobSet,
                manifest: application.manifest,
                sequence: nextSequence,
                eventsMax: cluster.limits.eventsPerJobSet
            )
            run.unsaved.jobSet = true
            cluster.volumeClaims.use(jobSet.claimNames, by: name)
            runs[name] = run
            order[nextSequence] = name
            nextSequence += 1
            effects.notes.append(.changed(.jobSet(name), .added))
        }
        // Written in the same breath as the answer is queued: what was told to be accepted is accepted.
        reconcile(name, at: now, into: &effects)
    }

    private mutating func delete(
        _ name: ObjectName,
        for ticket: AdminTicket,
        at now: Instant,
        into effects: inout Effects
    ) {
        guard let run = runs[name] else {
            let failure = AdminFailure(code: .notFound, message: "JobSet \(name) does not exist")
            return effects.send.append(.reply(ticket, .failed(failure)))
        }
        if !run.isDeleting {
            runs[name]?.jobSet.metadata.deletionTimestamp = now.wall
            runs[name]?.news = .all
            runs[name]?.unsaved.jobSet = true
            reconcile(name, at: now, into: &effects)
        }
        effects.send.append(.reply(ticket, .done))
    }
}

extension JobSetRun {
    /// True when applying this again would change nothing.
    fileprivate func isSame(as other: JobSet) -> Bool {
        jobSet.spec == other.spec && jobSet.metadata.labels == other.metadata.labels
            && jobSet.metadata.annotations == other.metadata.annotations
    }

    /// Takes over the fields that may change on a live JobSet; admission has refused all others.
    fileprivate mutating func configure(_ application: JobSetApplication) {
        if jobSet.spec != application.jobSet.spec { jobSet.metadata.generation += 1 }
        // Places that it still has, as its last pods are being stopped, are not what it asks for now.
        if placement != nil, !spec.asksForSamePlaces(as: application.jobSet.spec) {
            eviction = "its pods ask for other hosts or devices"
        }
        jobSet.spec = application.jobSet.spec
        jobSet.metadata.labels = application.jobSet.metadata.labels
        jobSet.metadata.annotations = application.jobSet.metadata.annotations
        manifest = application.manifest
        expiryArmedFor = nil
        // What it asks for may have changed: look for places, whatever an earlier look found.
        triedAtFreedom = 0
        placementLack = nil
        seatingChanges += 1
        news = .all
        unsaved.jobSet = true
    }
}
