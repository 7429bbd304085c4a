/// What one look at a host's tree gave. Every look may fail in its own way, and none of them ends a scan.
public enum Reading<Value> {
    case value(Value)
    /// There is no such file (or it went away between listing and reading).
    case absent
    /// It is there and cannot be read; the payload is the `errno` of the call that failed, `EFBIG` for content over
    /// the limit and `EINVAL` for content that is not what the attribute should hold.
    case failed(Int32)

    /// The value, or nil for absent and failed alike.
    public var value: Value? {
        guard case .value(let value) = self else { return nil }
        return value
    }

    public func map<Other>(_ transform: (Value) -> Other) -> Reading<Other> {
        flatMap { .value(transform($0)) }
    }

    public func flatMap<Other>(_ transform: (Value) -> Reading<Other>) -> Reading<Other> {
        switch self {
        case .value(let value): transform(value)
        case .absent: .absent
        case .failed(let code): .failed(code)
        }
    }
}

extension Reading: Equatable where Value: Equatable {}
extension Reading: Sendable where Value: Sendable {}
