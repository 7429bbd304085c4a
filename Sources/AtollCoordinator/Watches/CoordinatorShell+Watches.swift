import AtollCore
import AtollLoop
import AtollModel

extension CoordinatorShell {
    /// Changes within this time are shown as one.
    private static let watchDelay = Duration.milliseconds(20)
    /// Showing takes at most this share of the loop's time, however many watch and however long the lists are.
    private static let watchShare = 10

    /// Something that watchers may see has changed.
    func watchersShouldLook() {
        guard !(watches.isEmpty && logs.isEmpty), watchTimer?.isArmed == false else { return }
        watchTimer?.arm(after: Self.watchDelay)
    }

    func refreshWatches() {
        let start = now()
        for index in watches.watches.indices {
            let watch = watches.watches[index]
            // A watcher that does not read is shown the latest state once it does.
            guard sessions[watch.ticket.session]?.stream.isWritable == true else { continue }
            let objects = core.objects(watch.list)
            for body in watches.refresh(index, with: objects, revision: core.cluster.revision) {
                sendAfterCommit(.reply(watch.ticket, body))
            }
        }
        refreshLogs()
        let took = now().duration(since: start)
        guard took > Self.watchDelay else { return }
        watchTimer?.arm(after: took * Self.watchShare)
    }
}
