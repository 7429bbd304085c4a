import Glibc

/// How the cost of one benchmark grows with the number of hosts.
struct Growth {
    /// At two sizes or more.
    let points: [Measurement]
    /// Fitted to the medians.
    let law: PowerLaw

    /// Nil where nothing can be fitted.
    private init?(_ points: [Measurement]) {
        guard let law = PowerLaw(points.map { (x: Double($0.size ?? 0), y: $0.median) }) else { return nil }
        self.points = points
        self.law = law
    }

    /// Of those that were taken at several sizes, in the order of the measurements.
    static func all(in measurements: [Measurement]) -> [Growth] {
        var groups: [[Measurement]] = []
        for figure in measurements where figure.size != nil {
            if groups.last?.first?.name == figure.name {
                groups[groups.count - 1].append(figure)
            } else {
                groups.append([figure])
            }
        }
        return groups.compactMap(Growth.init)
    }
}

/// `y = factor * x^exponent`.
struct PowerLaw: Equatable {
    let factor: Double
    let exponent: Double

    init(factor: Double, exponent: Double) {
        self.factor = factor
        self.exponent = exponent
    }

    /// By least squares on the logarithms; nil where a value has none, or all have the same x.
    init?(_ points: [(x: Double, y: Double)]) {
        guard points.allSatisfy({ $0.x > 0 && $0.y > 0 }) else { return nil }
        let logs = points.map { (x: log($0.x), y: log($0.y)) }
        let count = Double(logs.count)
        let meanX = logs.reduce(0) { $0 + $1.x } / count
        let meanY = logs.reduce(0) { $0 + $1.y } / count
        let covariance = logs.reduce(0) { $0 + ($1.x - meanX) * ($1.y - meanY) }
        let variance = logs.reduce(0) { $0 + ($1.x - meanX) * ($1.x - meanX) }
        guard variance > 0 else { return nil }
        exponent = covariance / variance
        factor = exp(meanY - exponent * meanX)
    }

    func value(at x: Double) -> Double { factor * pow(x, exponent) }

    /// Another law that gives the same at `x`.
    func withExponent(_ exponent: Double, sameAt x: Double) -> PowerLaw {
        PowerLaw(factor: value(at: x) / pow(x, exponent), exponent: exponent)
    }
}
