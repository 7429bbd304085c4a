import AtollJobSet
import Testing

struct MessagePatternTests {
    @Test(arguments: [
        ("", "anything"), ("lost", "host lost"), ("^a.c$", "abc"), ("a|b|", "zzz"), ("^(a|bc)+$", "abcabc"),
        ("^a{2,3}$", "aaa"), ("^a{2}$", "aa"), ("^a{2,}$", "aaaaa"), ("a{,2}", "a{,2}"), ("^a*?b+?$", "aaab"),
        ("exit code \\d+", "exit code 137"), ("^\\W\\S\\s\\D\\w$", "-x y_"), ("[^a-c]", "abcd"), ("^[]a-]+$", "a]-"),
        ("^[[:alpha:]_[:^space:]]+$", "Aa_1"), ("[\\d\\-x]", "-"), ("(?i)OOM", "oom killed"), ("(?i:A)b", "ab"),
        ("^(?P<name>x)(?<other>y)(?:z)$", "xyz"), ("(?m)^b$", "a\nb\nc"), ("(?s)a.b", "a\nb"), ("(?-s)a.b", "axb"),
        ("\\bword\\b", "a word."), ("\\Bord", "word"), ("\\Aa\\z", "a"), ("\\x41\\x{1F600}", "A😀"),
        ("\\.\\[\\$", ".[$"),
        ("é+", "caféé"), ("(a*)*b", "aaab"), ("(|a)+$", ""), ("[^\\d]", "1a"), ("(?i)[^a]", "Ab"),
    ])
    func `a pattern is found`(pattern: String, message: String) throws {
        #expect(try MessagePattern(pattern).isFound(in: message))
    }

    @Test(arguments: [
        ("^b", "ab"), ("a$", "ab"), ("^a{2,3}$", "aaaa"), ("a.b", "a\nb"), ("OOM", "oom"), ("[^a-c]", "abc"),
        ("(?i:A)B", "ab"), ("^b$", "a\nb"), ("\\bord", "word"), ("^(?:ab)+$", "aba"), ("\\d", "٣"), ("(?i)[^a]", "A"),
        ("[[:upper:]]", "a"), ("a\\z", "a\n"),
    ])
    func `a pattern is not found`(pattern: String, message: String) throws {
        #expect(try !MessagePattern(pattern).isFound(in: message))
    }

    @Test(arguments: [
        "(", ")", "a)", "[a", "[z-a]", "*a", "a**", "a{2}{3}", "+", "\\", "\\q", "\\1", "\\pL", "(?=a)", "(?!a)",
        "(?<=a)",
        "(?P<a", "(?P=a)", "(?x)a", "[[:nope:]]", "\\x{110000}", "\\xZZ", "\\x+1", "a{1001}", "a{3,2}", "(?i", "[\\d-a",
        "((a{100}){100}){100}", "((((){1000}){1000}){1000}){1000}", String(repeating: "a", count: 4097),
        String(repeating: "(", count: 200), "a{99999999999999999999}",
    ])
    func `what RE2 would not take is refused`(pattern: String) {
        #expect(throws: MessagePattern.SyntaxError.self) { try MessagePattern(pattern) }
    }

    @Test func `a pattern that would take other engines forever is decided`() throws {
        let message = String(repeating: "a", count: 2000) + "b"
        #expect(try !MessagePattern("^(a+)+$").isFound(in: message))
        #expect(try !MessagePattern("^(a|aa|a*)*c").isFound(in: message))
    }

    @Test(arguments: 0..<500)
    func `random patterns never trap`(seed: Int) {
        let pieces = [
            "a", "(", ")", "[", "]", "*", "+", "?", "{", "}", "1", ",", "|", "^", "-", "\\", "d", ":", "i", "<", "$",
        ]
        var state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 | 1
        var pattern = ""
        for _ in 0..<12 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            pattern += pieces[Int(state >> 33) % pieces.count]
        }
        // Either is fine: what counts is that both end.
        _ = try? MessagePattern(pattern).isFound(in: "a1a-d:i<\n")
    }
}
