/// Kubernetes' expansion of `$(NAME)` in commands, arguments and values.
///
/// `$$` is one dollar sign, so `$$(NAME)` is the text `$(NAME)`; a name that is not defined, and a dollar sign
/// before anything else, stay as they are. Source: `third_party/forked/golang/expansion` of Kubernetes.
func expandVariables(in text: String, _ value: (String) -> String?) -> String {
    var result = ""
    var rest = text[...]
    while let dollar = rest.firstIndex(of: "$") {
        result += rest[..<dollar]
        rest = rest[rest.index(after: dollar)...]
        if rest.first == "$" {
            result.append("$")
            rest = rest.dropFirst()
        } else if rest.first == "(", let end = rest.firstIndex(of: ")") {
            let name = String(rest[rest.index(after: rest.startIndex)..<end])
            result += value(name) ?? "$(\(name))"
            rest = rest[rest.index(after: end)...]
        } else {
            result.append("$")
        }
    }
    return result + rest
}
