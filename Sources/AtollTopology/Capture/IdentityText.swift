/// Finds identities in a text by their form: UUIDs, GUIDs and GIDs, and hardware addresses.
enum IdentityText {
    /// The text with each identity replaced.
    ///
    /// - Parameter replace: gets hexadecimal digits with separators, and gives as many.
    static func replacing(in text: String, _ replace: (String) -> String) -> String {
        let bytes = Array(text.utf8)
        var result: [UInt8] = []
        var position = 0
        while position < bytes.count {
            let run = bytes[position...].prefix(while: isPartOfIdentity)
            if run.isEmpty {
                result.append(bytes[position])
                position += 1
                continue
            }
            result += replacing(run, replace)
            position = run.endIndex
        }
        return String(decoding: result, as: UTF8.self)
    }

    private static func isPartOfIdentity(_ byte: UInt8) -> Bool {
        byte.isHexadecimalDigit || byte == UInt8(ascii: ":") || byte == UInt8(ascii: "-")
    }

    /// A run of digits and separators may begin with one that belongs to what is before it: `GPU-1b4e...`.
    private static func replacing(_ run: ArraySlice<UInt8>, _ replace: (String) -> String) -> [UInt8] {
        let head = run.prefix { !$0.isHexadecimalDigit }
        let core = run[head.endIndex...]
        let groups = core.split(omittingEmptySubsequences: false) { !$0.isHexadecimalDigit }.map(\.count)
        let text = String(decoding: core, as: UTF8.self)
        switch groups {
        case [8, 4, 4, 4, 12], [4, 4, 4, 4], [2, 2, 2, 2, 2, 2], [2, 2, 2, 2, 2, 2, 2, 2]:
            return Array(head) + replace(text).utf8
        // A GID: the subnet's prefix says where it is, the rest is the port's GUID.
        case [4, 4, 4, 4, 4, 4, 4, 4]: return Array(head + core.prefix(20)) + replace(String(text.suffix(19))).utf8
        // The address of IP over InfiniBand: flags and queue pair, then a GID.
        case Array(repeating: 2, count: 20):
            return Array(head + core.prefix(36)) + replace(String(text.suffix(23))).utf8
        default: return Array(run)
        }
    }
}
