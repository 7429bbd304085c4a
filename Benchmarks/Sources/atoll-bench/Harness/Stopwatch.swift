import Glibc

/// Adds up the wall-clock and CPU time of the parts of one run that count.
struct Stopwatch {
    private(set) var seconds = 0.0
    /// User and system time of the whole process.
    private(set) var cpuSeconds = 0.0
    /// Operations done within the time, for figures of one operation.
    var operations = 1
    /// What was counted instead of timed, or a sum that keeps the optimiser from dropping the work.
    var counted = 0
    /// Of the process that is measured, where that is not this one.
    var peakResidentKiB: Int?

    mutating func time<Result, Failure: Error>(_ work: () throws(Failure) -> Result) throws(Failure) -> Result {
        let cpuBefore = Self.processSeconds
        let start = ContinuousClock.now
        let result = try work()
        let (whole, attoseconds) = (ContinuousClock.now - start).components
        seconds += Double(whole) + Double(attoseconds) / 1e18
        cpuSeconds += Self.processSeconds - cpuBefore
        return result
    }

    /// Takes over what was measured of another process.
    mutating func add(seconds: Double, cpuSeconds: Double) {
        self.seconds += seconds
        self.cpuSeconds += cpuSeconds
    }

    /// getrusage(2).
    private static var processSeconds: Double {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return Double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
            + Double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6
    }
}
