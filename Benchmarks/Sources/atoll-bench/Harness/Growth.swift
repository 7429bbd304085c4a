import Glibc

/// How a cost grows with the number of hosts.
enum Growth {
    /// The exponent b of `cost = a * hosts^b`, by least squares on the logarithms; nil below two sizes.
    static func exponent(of measurements: [Measurement]) -> Double? {
        let points = measurements.compactMap { measurement in
            measurement.size.map { (x: log(Double($0)), y: log(measurement.median)) }
        }
        guard points.count > 1 else { return nil }
        let count = Double(points.count)
        let meanX = points.reduce(0) { $0 + $1.x } / count
        let meanY = points.reduce(0) { $0 + $1.y } / count
        let covariance = points.reduce(0) { $0 + ($1.x - meanX) * ($1.y - meanY) }
        let variance = points.reduce(0) { $0 + ($1.x - meanX) * ($1.x - meanX) }
        return covariance / variance
    }
}
