public import AtollModel

extension ClusterRecord {
    /// What a store that was made from a backup begins with: numbers that the cluster has not seen yet.
    ///
    /// After the backup the original lived on: it started again and again, each time with the next epoch, and gave
    /// ids to jobs. Agents obey no epoch below the highest that they have seen (I3), and know pods by their ids, so
    /// neither may come again. How far the original went is unknown, and one backup may be restored more than once;
    /// therefore
    /// - the epoch grows by a step that no number of starts reaches, and is at least the present time in milliseconds
    ///   since 1970: no coordinator starts a thousand times a second, so a later restore is above an earlier one and
    ///   all the starts that followed it, whichever backup each was made from;
    /// - the revision does the same, so that `resourceVersion` never goes back;
    /// - job ids get another prefix, drawn anew, besides numbers that have moved on;
    /// - every host has to be verified anew before anything starts on its islands, see `restoredAt`.
    ///
    /// The coordinator that loads the record starts one epoch above it, as always.
    ///
    /// - Parameter randomBits: drawn by the caller; the lower 24 are used.
    /// - Returns: nil where a number has come to the end of its range, which no cluster's life gets to.
    public func movedOn(at now: Timestamp, randomBits: UInt64) -> ClusterRecord? {
        let milliseconds = UInt64(max(0, now.nanoseconds) / 1_000_000)
        let epoch = epoch.rawValue.addingReportingOverflow(1_000_000)
        let revision = revision.addingReportingOverflow(1_000_000_000)
        let number = nextJobNumber.addingReportingOverflow(1_000_000)
        // Room is left for as many starts, jobs and changes again as there could be.
        guard !epoch.overflow, !revision.overflow, epoch.partialValue < 1 << 62, revision.partialValue < 1 << 62,
            !number.overflow, number.partialValue < 1 << 39
        else { return nil }
        let prefix = randomBits & 0xFF_FFFF
        let newEpoch = Epoch(max(epoch.partialValue, milliseconds))
        return ClusterRecord(
            epoch: newEpoch,
            jobIDPrefix: prefix == jobIDPrefix ? prefix ^ 1 : prefix,
            nextJobNumber: number.partialValue,
            revision: max(revision.partialValue, milliseconds),
            restoredAt: newEpoch
        )
    }
}
