public enum AtollVersion {
    /// The version of this release, as every binary reports it.
    public static let current = "0.1.0"
}
