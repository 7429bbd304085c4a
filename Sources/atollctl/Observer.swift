import AtollClient
import AtollModel
import AtollYAML

/// Follows one JobSet, or another object that goes, until it is as wanted.
struct Observer {
    let connection: AdminConnection
    var kind = ObjectKind.jobsets
    let name: ObjectName
    let goal: WaitGoal
    /// The one meant, where another one may take its name.
    var uid: String?

    /// Returns once the goal is reached; after `timeout` it fails with what is the case then.
    func wait(timeout: Duration?) async throws {
        let list = AdminRequest.List(kind: kind, namespace: name.namespace, names: [name.name])
        let observations = await connection.watch(list, timeout: timeout)
        var last: YAMLNode?
        do {
            for try await observation in observations where try isReached(observation, &last) {
                return await observations.cancel()
            }
        } catch let error as ClientError where error.code == .timedOut {
            // So that a limit of no time at all still means one look.
            let objects = try await connection.list(list)
            if try !isReached(.listed(objects, isLast: true), &last) { throw tooLate(last) }
        }
    }

    private func isReached(_ observation: Observation, _ last: inout YAMLNode?) throws -> Bool {
        switch observation {
        case .listed(let objects, let isLast):
            if let object = objects.first { last = object }
            guard isLast else { return false }
        case .changed(.deleted, _): last = nil
        case .changed(_, let object): last = object
        }
        guard let object = last, uid == nil || object.objectUID == uid else {
            if goal == .deletion { return true }
            throw CommandFailure.notFound(kind, [name.name], namespace: name.namespace)
        }
        switch goal.verdict(on: object) {
        case .reached: return true
        case .pending: return false
        case .impossible(let reason):
            throw CommandFailure(.error, "\(reason); \(advice)")
        }
    }

    private func tooLate(_ last: YAMLNode?) -> CommandFailure {
        let state = last.flatMap { kind == .jobsets ? JobSetState(of: $0).rawValue : $0.phase } ?? "gone"
        let what = "\(kind.singular.lowercased()) \(name.name)"
        return CommandFailure(
            .notReady,
            "\(what) is not \(goal.description) in the time given, it is \(state); \(advice)"
        )
    }

    /// Where to see what it waits for.
    private var advice: String {
        kind == .jobsets
            ? "atollctl describe jobset \(name.name)" : "atollctl get \(kind.rawValue) \(name.name) -o yaml"
    }
}

/// One time limit for several steps.
struct Deadline {
    private let end: ContinuousClock.Instant?

    /// Nil for no limit.
    init(after limit: TimeLimit?) { end = limit.map { .now + $0.duration } }

    /// Nil for no limit; never below zero.
    var remaining: Duration? { end.map { max(.zero, ContinuousClock.now.duration(to: $0)) } }
}
