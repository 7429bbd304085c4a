import Glibc

/// Adds up the wall-clock and CPU time of the parts of one run that count.
struct Stopwatch {
    private(set) var seconds = 0.0
    /// User and system time of the whole process.
    private(set) var cpuSeconds = 0.0
    /// Operations done within the time, for figures of one operation.
    var operations = 1
    /// Of each operation that was timed by itself; empty where only their sum is known.
    private(set) var operationSeconds: [Double] = []
    /// What was counted instead of timed, or a sum that keeps the optimiser from dropping the work.
    var counted = 0
    /// Of the process that is measured, where that is not this one.
    var peakResidentKiB: Int?

    mutating func time<Result, Failure: Error>(_ work: () throws(Failure) -> Result) throws(Failure) -> Result {
        let cpuBefore = Self.processSeconds
        let start = ContinuousClock.now
        let result = try work()
        seconds += Self.seconds(since: start)
        cpuSeconds += Self.processSeconds - cpuBefore
        return result
    }

    /// Times an operation for each element by itself, so that there is a distribution. Reading the clock takes some ten
    /// nanoseconds: for operations that take microseconds.
    ///
    /// - Parameter counting: how much an operation has made, which is added to `counted`. It is not timed, nor is the
    ///   release of what the operation returned; the processor time has both.
    mutating func timeEach<Element, Result, Failure: Error>(
        _ elements: some Collection<Element>,
        _ operation: (Element) throws(Failure) -> Result,
        counting: (Result) -> Int
    ) throws(Failure) {
        operations = elements.count
        operationSeconds.reserveCapacity(elements.count)
        let cpuBefore = Self.processSeconds
        for element in elements {
            let start = ContinuousClock.now
            let result = try operation(element)
            operationSeconds.append(Self.seconds(since: start))
            counted += counting(result)
        }
        cpuSeconds += Self.processSeconds - cpuBefore
        seconds += operationSeconds.reduce(0, +)
    }

    /// Takes over what was measured of another process.
    mutating func add(seconds: Double, cpuSeconds: Double) {
        self.seconds += seconds
        self.cpuSeconds += cpuSeconds
    }

    private static func seconds(since start: ContinuousClock.Instant) -> Double {
        let (whole, attoseconds) = (ContinuousClock.now - start).components
        return Double(whole) + Double(attoseconds) / 1e18
    }

    /// getrusage(2).
    private static var processSeconds: Double {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return Double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
            + Double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6
    }
}
