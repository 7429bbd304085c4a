/// The bounds of the wire. Both sides of a connection have the same.
public enum WireLimits {
    /// Bytes of an envelope, 16 MiB. A sender splits what would be longer (lists, output); a receiver gives up.
    public static let frameBytesMax = 16 << 20
    /// Bytes of an envelope from a peer that has not said yet who it is, 64 KiB.
    public static let helloFrameBytesMax = 64 << 10
    /// Bytes of the length in front of an envelope.
    public static let headerBytes = 4
    /// Bytes of all texts of an `AlikeTexts` together, 64 MiB: 15,000 names of 63 bytes take one.
    public static let alikeTextsBytesMax = 64 << 20

    /// Memory in bytes that the C structs of a message may take while it is decoded.
    ///
    /// An empty message in a list takes two bytes on the wire and a hundred in memory; an honest message, such as a
    /// batch of short reports, some ten times its length. A frame built to take more is refused.
    static func decodingBytesMax(messageBytes: Int) -> Int {
        min(4096 + 64 * messageBytes, 256 << 20)
    }
}
