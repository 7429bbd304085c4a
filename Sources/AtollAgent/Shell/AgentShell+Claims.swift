import AtollCore
import AtollLoop
import AtollModel
import Glibc
import Logging

// Folders of volume claims that are to be deleted, by a process of their own: that may take hours.
extension AgentShell {
    func remove(_ claim: VolumeClaimID) {
        guard let root = settings.volumeClaims else {
            // A host without a folder for claims never had one of this.
            return handle(.claimRemovalEnded(claim.uid, isGone: true))
        }
        var command = ChildProcess.Command(
            path: settings.program,
            arguments: ["atoll-agent", "remove-claim", root, claim.name.namespace, claim.name.name, claim.uid.text]
        )
        command.standardError = .inherited
        log.info("a volume claim is removed", metadata: [LogKey.claim: "\(claim.name)"])
        do throws(LoopError) {
            claimRemoval = try ChildProcess(on: loop, command) { exit in self.removed(claim, exit) }
        } catch {
            log.error("a volume claim cannot be removed", metadata: [LogKey.reason: "\(error)"])
            handle(.claimRemovalEnded(claim.uid, isGone: false))
        }
    }

    private func removed(_ claim: VolumeClaimID, _ exit: ChildProcess.Exit) {
        claimRemoval = nil
        let isGone = exit == .exited(code: 0)
        if !isGone {
            log.error(
                "a volume claim could not be removed, which is tried again",
                metadata: [LogKey.claim: "\(claim.name)", LogKey.cause: "\(exit)"]
            )
        }
        handle(.claimRemovalEnded(claim.uid, isGone: isGone))
    }
}
