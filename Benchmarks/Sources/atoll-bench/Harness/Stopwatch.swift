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

    mutating func time<Result, Failure: Error>(_ work: () throws(Failure) -> Result) throws(Failure) -> Result {
        let cpuBefore = Self.processSeconds
        let start = ContinuousClock.now
        let result = try work()
        let (whole, attoseconds) = (ContinuousClock.now - start).components
        seconds += Double(whole) + Double(attoseconds) / 1e18
        cpuSeconds += Self.processSeconds - cpuBefore
        return result
    }

    /// Takes over what a program of its own has measured.
    mutating func add(seconds: Double, operations: Int) {
        self.seconds += seconds
        cpuSeconds += seconds
        self.operations = operations
    }

    /// getrusage(2).
    private static var processSeconds: Double {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return Double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
            + Double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6
    }
}
