import AtollModel

/// Names that are made from `metadata.generateName`. Source: `names/generate.go` of the Kubernetes API server.
public enum GeneratedName {
    /// Neither vowels nor what could be taken for one, so that no name says anything.
    private static let alphabet = Array("bcdfghjklmnpqrstvwxz2456789")
    private static let suffixLength = 5
    private static let baseLengthMax = 63 - suffixLength
    private static let attemptsMax = 8

    /// The base, cut where it is too long, and five random characters; nil when name after name is taken.
    public static func name(
        from base: String,
        random: inout some RandomNumberGenerator,
        isTaken: (String) -> Bool
    ) -> String? {
        for _ in 0..<attemptsMax {
            let suffix = (0..<suffixLength).map { _ in alphabet[Int.random(in: alphabet.indices, using: &random)] }
            let name = cut(base) + String(suffix)
            if !isTaken(name) { return name }
        }
        return nil
    }

    /// A name that could be made, to check what follows from its length.
    static func example(from base: String) -> String { cut(base) + String(alphabet.prefix(suffixLength)) }

    private static func cut(_ base: String) -> String { String(base.prefix(baseLengthMax)) }
}

extension JobSet {
    /// True when a name has to be made for it.
    public var wantsName: Bool { metadata.name.name.isEmpty && !metadata.generateName.isEmpty }

    public func named(_ name: String) -> JobSet {
        var jobSet = self
        jobSet.metadata.name = ObjectName(namespace: metadata.name.namespace, name: name)
        return jobSet
    }
}
