import AtollYAML
import Testing

struct YAMLParseTests {
    @Test func `values keep their order and their places`() throws {
        let nodes = try YAMLNode.parse("b: 1\na:\n  - x\n  - y: yes\n")
        let root = try #require(nodes.first)
        #expect(root.pairs?.map(\.key) == ["b", "a"])
        #expect(root["b"]?.int == 1)
        #expect(root["a"]?.items?[0].string == "x")
        #expect(root["a"]?.items?[1]["y"]?.bool == true)
        #expect(root["a"]?.items?[1]["y"]?.mark == YAMLMark(line: 4, column: 8))
        #expect(root.pairs?[1].keyMark == YAMLMark(line: 2, column: 1))
    }

    @Test func `documents are told apart and empty ones are skipped`() throws {
        let nodes = try YAMLNode.parse("---\n# nothing\n---\na: 1\n---\n---\nb: 2\n...\n")
        #expect(nodes.map { $0.pairs?.first?.key } == ["a", "b"])
        #expect(try YAMLNode.parse("") == [])
        #expect(try YAMLNode.parse("# only a comment\n") == [])
    }

    @Test func `JSON is read by the same function`() throws {
        let node = try #require(try YAMLNode.parse("{\"a\": [1, true, null, \"1\", -2.5e3],\n\t\"b\\n\": {}}").first)
        let items = try #require(node["a"]?.items)
        #expect(items[0].int == 1)
        #expect(items[1].bool == true)
        #expect(items[2].isNull)
        #expect(items[3].string == "1")
        #expect(items[4].scalarKind == .float)
        #expect(node["b\n"] == YAMLNode(.mapping([]), mark: YAMLMark(line: 2, column: 9)))
    }

    @Test(arguments: [
        (#"{"a": "\ud83d\ude00!"}"#, "😀!"), (#" ["\\ud83d\\ude00"]"#, #"\ud83d\ude00"#),
        (#"["\\\uD83D\uDE00"]"#, #"\😀"#),
        (#"["\u00e9\ud83d\ude00\ud83d\ude01"]"#, "é😀😁"), (#"- '\ud83d\ude00'"#, #"\ud83d\ude00"#),
    ])
    func `characters that JSON escapes in two halves are read`(text: String, expected: String) throws {
        let node = try #require(try YAMLNode.parse(text).first)
        #expect((node["a"] ?? node.items?.first)?.string == expected)
    }

    @Test(arguments: [#"["\ud83d"]"#, #"["\ude00\ud83d"]"#, #"["\ud83d\u0041"]"#, #"["\u+123"]"#])
    func `half a character is refused`(text: String) {
        #expect(throws: YAMLError.self) { try YAMLNode.parse(text) }
    }

    @Test(arguments: [
        ("~", YAMLScalarKind.null), ("", .null), ("NULL", .null), ("nUll", .text),
        ("yes", .boolean(true)), ("Off", .boolean(false)), ("n", .boolean(false)), ("tRue", .text),
        ("12", .integer(12)), ("-7", .integer(-7)), ("+1_000", .integer(1000)), ("0x1F", .integer(31)),
        ("0o17", .integer(15)), ("017", .integer(15)), ("0b101", .integer(5)), ("08", .float), ("0", .integer(0)),
        ("9223372036854775808", .integer(nil)), ("-9223372036854775808", .integer(.min)), ("_1", .text),
        ("1.5", .float), (".5", .float), ("1e3", .float), ("1.", .float), ("-.inf", .float), (".nan", .float),
        (".", .text), ("1e", .text), ("e1", .text), ("100s", .text), ("2026-11-23", .text), ("-", .text),
        ("1:30", .text),
    ])
    func `an unquoted scalar means what kubectl takes it for`(text: String, kind: YAMLScalarKind) {
        #expect(YAMLScalarKind(plain: text) == kind)
    }

    @Test func `quotes and the text tag make text of anything`() throws {
        let node = try #require(try YAMLNode.parse("- \"1\"\n- 'true'\n- !!str 5\n- ! 6\n- |-\n null\n").first)
        #expect(node.items?.compactMap(\.string) == ["1", "true", "5", "6", "null"])
    }

    @Test func `aliases stand for what their anchor marks`() throws {
        let node = try #require(try YAMLNode.parse("a: &x {k: [1, 2]}\nb: *x\nc: &y 3\nd: *y\n").first)
        #expect(node["b"]?["k"]?.items?.count == 2)
        #expect(node["d"]?.int == 3)
    }

    @Test(arguments: [
        ("a: 1\nb: 2\na: 3\n", 3, 1, "key \"a\" is there twice, first in line 1"),
        ("? [1]\n: 2\n", 1, 3, "a key must be text"),
        ("k: &a [1]\n? *a\n: 2\n", 2, 3, "a key must be text"),
        ("d: &d {a: 1}\ne:\n  <<: *d\n", 3, 3, "merge keys (<<) are not supported"),
        ("a: *nobody\n", 1, 4, "alias *nobody has no anchor"),
        ("a: &a [*a]\n", 1, 8, "alias *a has no anchor &a that ends before it"),
        ("a: !!binary aGk=\n", 1, 4, "tag tag:yaml.org,2002:binary is not supported"),
        ("a: !secret\n  b: 1\n", 1, 4, "tag !secret is not supported"),
        ("a: [1, 2\nb: 3\n", 2, 1, ""),
        ("a:\n\t- b\n", 2, 1, "cannot start any token"),
        ("a: \"\\q\"\n", 1, 5, "unknown escape character"),
    ])
    func `what is refused is refused at its place`(text: String, line: Int, column: Int, message: String) throws {
        let error = try #require(throws: YAMLError.self) { try YAMLNode.parse(text) }
        #expect(error.message.contains(message) || message.isEmpty, "\(error)")
        #expect(error.line == line && (error.column == column || message.isEmpty), "\(error)")
    }

    @Test func `bytes that are not UTF-8 are refused by line and column`() throws {
        let bytes = Array("a: 1\nb: \u{e9}".utf8) + [0xFF, 0x0A]
        let error = try #require(throws: YAMLError.self) { try YAMLNode.parse(bytes: bytes) }
        #expect(error.message.contains("must be UTF-8"))
        #expect(error.mark == YAMLMark(line: 2, column: 5))
        #expect(throws: YAMLError.self) { try YAMLNode.parse(bytes: [0xFF, 0xFE, 0x61, 0x00]) }
        #expect(throws: YAMLError.self) { try YAMLNode.parse(bytes: [0x61, 0x00, 0x62]) }
    }
}
