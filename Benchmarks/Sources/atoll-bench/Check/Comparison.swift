/// One benchmark's cost beside the one that was recorded.
struct Comparison: Equatable {
    let line: Figures.Line
    /// Now, in frames of the reference.
    let frames: Double

    /// What differs by less may be the machine. On the one that recorded, busy as it was, most came within 5 % of
    /// what they were and all within 20 %; but the reference needs less memory than they do, so on a processor with other
    /// caches all of them may differ. A cost that has begun to grow faster than it should is far beyond this.
    static let tolerance = 1.5

    enum Verdict: String {
        case same = ""
        /// So much that a new recording would catch more.
        case faster
        case slower = "SLOWER"
        case unrecorded = "NOT RECORDED"
    }

    /// How many times what was recorded; nil where nothing was.
    var ratio: Double? { line.frames.map { frames / $0 } }

    var verdict: Verdict {
        guard let ratio else { return .unrecorded }
        if ratio > Self.tolerance { return .slower }
        return ratio < 1 / Self.tolerance ? .faster : .same
    }
}
