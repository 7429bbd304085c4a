/// Kubernetes' rules for names, each giving its messages for what is wrong, none if nothing is.
/// Source: k8s.io/apimachinery/pkg/util/validation.
enum NameRules {
    static func dns1035Label(_ text: String) -> [String] {
        var messages = tooLong(text, 63)
        if !isLabel(text, mayStartWithDigit: false) {
            messages.append(
                """
                a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic \
                character, and end with an alphanumeric character (such as 'my-name')
                """
            )
        }
        return messages
    }

    static func dns1123Label(_ text: String) -> [String] {
        var messages = tooLong(text, 63)
        if !isLabel(text, mayStartWithDigit: true) {
            messages.append(
                """
                a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start \
                and end with an alphanumeric character (such as 'my-name')
                """
            )
        }
        return messages
    }

    static func dns1123Subdomain(_ text: String) -> [String] {
        var messages = tooLong(text, 253)
        let labels = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        if !labels.allSatisfy({ isLabel(String(Substring($0)), mayStartWithDigit: true) }) {
            messages.append(
                """
                a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and \
                must start and end with an alphanumeric character (such as 'example.com')
                """
            )
        }
        return messages
    }

    /// Keys of labels and annotations: a name, with or without a DNS prefix and a slash.
    static func qualifiedName(_ text: String) -> [String] {
        let parts = split(text, at: "/", count: 3)
        guard let name = parts.last, parts.count <= 2 else {
            return ["a qualified name has one slash at most (such as 'example.com/MyName')"]
        }
        var messages: [String] = []
        if parts.count == 2 {
            messages += parts[0].isEmpty ? ["prefix part must not be empty"] : []
            messages += parts[0].isEmpty ? [] : dns1123Subdomain(parts[0]).map { "prefix part \($0)" }
        }
        messages += tooLong(name, 63).map { "name part \($0)" }
        if !isQualified(name) {
            messages.append(
                """
                name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an \
                alphanumeric character (such as 'MyName')
                """
            )
        }
        return messages
    }

    static func labelValue(_ text: String) -> [String] {
        var messages = tooLong(text, 63)
        if !text.isEmpty, !isQualified(text) {
            messages.append(
                """
                a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and \
                must start and end with an alphanumeric character (such as 'MyValue')
                """
            )
        }
        return messages
    }

    /// A name that stands for a port number.
    static func portName(_ text: String) -> [String] {
        var messages = tooLong(text, 15)
        if !text.utf8.allSatisfy({ isLowercase($0) || isDigit($0) || $0 == UInt8(ascii: "-") }) {
            messages.append("must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)")
        }
        if !text.utf8.contains(where: isLowercase) { messages.append("must contain at least one letter (a-z)") }
        if text.contains("--") { messages.append("must not contain consecutive hyphens") }
        if text.hasPrefix("-") || text.hasSuffix("-") { messages.append("must not begin or end with a hyphen") }
        return messages
    }

    static func portNumber(_ number: some BinaryInteger) -> [String] {
        (1...65_535).contains(number) ? [] : ["must be between 1 and 65535, inclusive"]
    }

    static func headerName(_ text: String) -> [String] {
        let isName = !text.isEmpty && text.utf8.allSatisfy { isAlphanumeric($0) || $0 == UInt8(ascii: "-") }
        return isName
            ? [] : ["a valid HTTP header must consist of alphanumeric characters or '-' (such as 'X-Header-Name')"]
    }

    static func domainPrefixedPath(_ text: String) -> [String] {
        let parts = split(text, at: "/", count: 2)
        guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else {
            return ["must be a domain-prefixed path (such as \"acme.io/foo\")"]
        }
        let isPath = parts[1].utf8.allSatisfy { isAlphanumeric($0) || "/-._~%!$&'()*+,;=:".utf8.contains($0) }
        return dns1123Subdomain(parts[0]) + (isPath ? [] : ["the path after the domain has characters no path has"])
    }

    static func environmentName(_ text: String) -> [String] {
        let isName = !text.isEmpty && text.utf8.allSatisfy { (0x20...0x7E).contains($0) && $0 != UInt8(ascii: "=") }
        return isName ? [] : ["a valid environment variable name consists of printable ASCII characters other than '='"]
    }

    private static func tooLong(_ text: String, _ countMax: Int) -> [String] {
        text.utf8.count > countMax ? ["must be no more than \(countMax) bytes"] : []
    }

    /// `[a-z]([-a-z0-9]*[a-z0-9])?`, or the same with a digit in front.
    private static func isLabel(_ text: String, mayStartWithDigit: Bool) -> Bool {
        guard let first = text.utf8.first, let last = text.utf8.last else { return false }
        return isLowercase(first) || (mayStartWithDigit && isDigit(first))
            ? (isLowercase(last) || isDigit(last))
                && text.utf8.allSatisfy { isLowercase($0) || isDigit($0) || $0 == UInt8(ascii: "-") }
            : false
    }

    /// `([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]`
    private static func isQualified(_ text: String) -> Bool {
        guard let first = text.utf8.first, let last = text.utf8.last else { return false }
        return isAlphanumeric(first) && isAlphanumeric(last)
            && text.utf8.allSatisfy { isAlphanumeric($0) || "-_.".utf8.contains($0) }
    }

    private static func split(_ text: String, at separator: Unicode.Scalar, count: Int) -> [String] {
        text.unicodeScalars.split(separator: separator, maxSplits: count - 1, omittingEmptySubsequences: false)
            .map { String(String.UnicodeScalarView($0)) }
    }

    static func isLowercase(_ byte: UInt8) -> Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) }

    static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

    static func isAlphabetic(_ byte: UInt8) -> Bool { isLowercase(byte | 0x20) }

    static func isAlphanumeric(_ byte: UInt8) -> Bool { isAlphabetic(byte) || isDigit(byte) }
}
