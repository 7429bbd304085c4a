import Glibc

/// The kernel's clocks, in nanoseconds. Neither look enters the kernel. From any thread. clock_gettime(2).
public enum SystemClock {
    /// `CLOCK_BOOTTIME`, which counts time asleep and never goes back.
    public static var uptime: Int64 { read(CLOCK_BOOTTIME) }

    /// `CLOCK_REALTIME`, since 1970.
    public static var wall: Int64 { read(CLOCK_REALTIME) }

    private static func read(_ clock: clockid_t) -> Int64 {
        var time = timespec()
        clock_gettime(clock, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }
}
