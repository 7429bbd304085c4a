import AtollJobSet

/// What other jobs may wait for: as long as it stays as it is, news of one job concerns no other.
enum Gate: Equatable, Sendable {
    /// How far a ReplicatedJob has come.
    case replicatedJob(isReady: Bool, isComplete: Bool, hasStarted: Bool)
    /// Whether pods of earlier incarnations keep all jobs from being created.
    case creation(isBlocked: Bool)
}

extension JobSetRun {
    /// Compares with what was found the last time.
    mutating func haveGatesChanged(in inventory: Inventory) -> Bool {
        let isBlocked = isBlockedByEarlierPods(in: inventory)
        let found =
            jobs.indices.map { number in
                Gate.replicatedJob(
                    isReady: isReady(number),
                    isComplete: isComplete(number),
                    hasStarted: hasStarted(number)
                )
            } + [.creation(isBlocked: isBlocked)]
        defer { gates = found }
        return found != gates
    }

    /// `Complete`: all jobs of the target succeeded. `Ready`: all are ready or have succeeded; unlike the original, a
    /// failed job is not ready.
    func dependenciesHold(of number: Int) -> Bool {
        spec.replicatedJobs[number].dependsOn.allSatisfy { dependency in
            guard let target = spec.replicatedJobs.firstIndex(where: { $0.name == dependency.name }) else {
                return false
            }
            return switch dependency.status {
            case .complete: isComplete(target)
            case .ready: isReady(target)
            }
        }
    }

    func hasStarted(_ number: Int) -> Bool {
        let sums = tally.sums[number]
        return sums.failed + sums.ready + sums.succeeded == jobs[number].count
    }

    private func isComplete(_ number: Int) -> Bool { tally.sums[number].succeeded == jobs[number].count }

    private func isReady(_ number: Int) -> Bool {
        tally.sums[number].ready + tally.sums[number].succeeded == jobs[number].count
    }
}
