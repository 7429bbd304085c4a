/// Whether a text is well-formed XML, as far as pictures use XML: elements, attributes in double quotes, references.
enum XMLCheck {
    /// What is wrong first; nil for nothing.
    static func flaw(in text: String) -> String? {
        var open: [Substring] = []
        var roots = 0
        var rest = text[...]
        while !rest.isEmpty {
            let content = rest.prefix { $0 != "<" }
            if let flaw = flaw(inContent: content, isInside: !open.isEmpty) { return flaw }
            rest = rest[content.endIndex...]
            if rest.isEmpty { break }
            guard let end = rest.firstIndex(of: ">") else { return "a tag without end" }
            let tag = rest[rest.index(after: rest.startIndex)..<end]
            rest = rest[rest.index(after: end)...]
            if tag.hasPrefix("/") {
                guard let name = open.popLast(), name == tag.dropFirst() else { return "</\(tag)> closes nothing" }
                continue
            }
            guard tag.wholeMatch(of: /[a-z]+( [a-zA-Z:-]+="[^"<]*")* ?\/?/) != nil else { return "bad tag <\(tag)>" }
            if let flaw = flaw(inContent: tag, isInside: true) { return flaw }
            if open.isEmpty { roots += 1 }
            if !tag.hasSuffix("/") { open.append(tag.prefix { $0 != " " }) }
        }
        if !open.isEmpty { return "\(open) not closed" }
        return roots == 1 ? nil : "\(roots) roots"
    }

    private static func flaw(inContent text: Substring, isInside: Bool) -> String? {
        if !isInside && text.contains(where: { !$0.isWhitespace }) { return "text outside: \(text)" }
        let isAllowed = { (scalar: Unicode.Scalar) in scalar == "\n" || (scalar >= " " && scalar.value < 0xfffe) }
        if !text.unicodeScalars.allSatisfy(isAllowed) { return "a character that XML has not" }
        let references = text.ranges(of: /&(amp|lt|gt|quot|#39);/).count
        return text.filter { $0 == "&" }.count == references ? nil : "a bare & in \(text)"
    }
}
