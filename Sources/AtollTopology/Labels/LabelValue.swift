/// What may become a label's value, and in which form (rules taken from Kubernetes labels and from topograph).
enum LabelValue {
    static let lengthMax = 63

    /// True for what firmware, drivers and clouds write where a value is missing. Compared without regard to case
    /// after trimming. A single `0` is a value: a worker's number, for one.
    static func isPlaceholder(_ text: String) -> Bool {
        let text = text.trimmed().lowercased()
        if text.isEmpty || placeholders.contains(text) { return true }
        // All-zero GUIDs, UUIDs and hexadecimal ids.
        let digits = (text.hasPrefix("0x") ? text.dropFirst(2) : text[...]).filter { $0 != "-" && $0 != ":" }
        return digits.count >= 4 && digits.allSatisfy { $0 == "0" }
    }

    /// Only `[A-Za-z0-9._/-]`, other bytes as `-`; what is longer than 63 bytes becomes `x` and the 16 hexadecimal
    /// digits of its FNV-1a hash, so that distinct values stay distinct.
    static func sanitised(_ text: String) -> String {
        if text.utf8.count > lengthMax { return "x" + fnv1a(text).hexadecimal(digits: 16) }
        return String(decoding: text.utf8.map { allowed.contains($0) ? $0 : UInt8(ascii: "-") }, as: UTF8.self)
    }

    /// Only bytes that sanitising keeps, whatever the length.
    static func isClean(_ text: String) -> Bool { text.utf8.allSatisfy(allowed.contains) }

    static func fnv1a(_ text: String) -> UInt64 {
        text.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    }

    private static let allowed = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._/-".utf8)

    private static let placeholders: Set<String> = [
        "-1", "0123456789", "01234567", "01234567890123456789ab", "asset-1234567890", "busy", "default string", "n/a",
        "none", "not specified", "notspecified", "system serial number", "to be filled by o.e.m.", "unknown",
    ]
}
