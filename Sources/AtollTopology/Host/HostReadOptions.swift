/// What a reading may do beyond looking.
public struct HostReadOptions: Equatable, Sendable {
    /// Whether counters are read of which a reading resets a part. amdgpu adds the hardware's RAS counters to its own sum
    /// and clears them (`ras/*_err_count`), which takes firmware calls and disturbs others who read the hardware: on a
    /// live host not more than once a minute. A capture has nothing to reset. `xgmi_error` forgets what it has told, and
    /// is never read.
    public var readsCountersThatReset: Bool

    public init(readsCountersThatReset: Bool = false) { self.readsCountersThatReset = readsCountersThatReset }
}
