import AtollYAML
import Testing

struct YAMLWriteTests {
    @Test func `YAML looks as kubectl prints it`() throws {
        let node = YAMLNode.map([
            ("kind", .string("JobSet")), ("gone", nil), ("count", .int(3)), ("on", .bool(true)), ("none", .null),
            ("list", .list([.string("-c"), .map([("a", .int(1)), ("b", .list([.string("x")]))]), .list([.int(1)])])),
            ("empty", .map([("m", .map([])), ("l", .list([]))])),
            ("script", .string("set -e\n\necho hi\n")), ("clipped", .string("a\n b")), ("kept", .string("a\n\n")),
        ])
        let expected = """
            kind: JobSet
            count: 3
            "on": true
            none: null
            list:
            - -c
            - a: 1
              b:
              - x
            - - 1
            empty:
              m: {}
              l: []
            script: |
              set -e

              echo hi
            clipped: |-
              a
               b
            kept: |+
              a


            """
        #expect(node.yamlText == expected)
    }

    @Test(arguments: [
        ("plain words", "plain words"), ("a:b", "a:b"), ("a#b", "a#b"), ("-x", "-x"), ("100s", "100s"),
        ("jobset.x-k8s.io/v1alpha2", "jobset.x-k8s.io/v1alpha2"), ("caf\u{e9}", "caf\u{e9}"), ("$(A)", "$(A)"),
        ("", "\"\""), ("true", "\"true\""), ("no", "\"no\""), ("12", "\"12\""), ("1.5", "\"1.5\""),
        ("0x1f", "\"0x1f\""),
        ("2026-11-23", "\"2026-11-23\""), ("1:30", "\"1:30\""), ("~", "\"~\""), ("<<", "\"<<\""), ("=", "\"=\""),
        ("a: b", "'a: b'"), ("a #b", "'a #b'"), ("a:", "'a:'"), ("-", "'-'"), ("- a", "'- a'"), ("{a}", "'{a}'"),
        ("*a", "'*a'"), ("it's: so", "'it''s: so'"), (" a", "' a'"), ("a ", "'a '"), ("--- a", "'--- a'"),
        ("a\tb", "\"a\\tb\""), ("\u{1B}[0m", "\"\\x1B[0m\""), ("\u{2028}", "\"\\u2028\""), ("\n", "\"\\n\""),
        (" a\nb", "\" a\\nb\""), ("a\r\nb", "\"a\\r\\nb\""),
    ])
    func `a scalar is quoted only where it must be`(text: String, written: String) throws {
        #expect(YAMLNode.string(text).yamlText == written + "\n")
        #expect(try YAMLNode.parse("k: " + written).first?["k"]?.string == text)
    }

    @Test func `JSON is escaped and its numbers are JSON's`() {
        let node = YAMLNode.map([
            ("a\"\\\n", .string("\u{1}\u{7F}/é😀")),
            ("n", .list(["007", "0x10", "1.5", ".5", "1e3", "-0", "1_0", ".inf", "yes", "~"].map(plain))),
            ("e", .list([])), ("m", .map([])),
        ])
        let expected = #"""
            {"a\"\\\n":"\u0001\u007f/é😀","n":[7,16,1.5,".5",1e3,0,10,".inf",true,null],"e":[],"m":{}}
            """#
        #expect(node.jsonText() == expected)
    }

    @Test func `pretty JSON is indented by two`() {
        let node = YAMLNode.map([("a", .list([.int(1), .map([("b", .null)])])), ("c", .list([]))])
        #expect(
            node.jsonText(pretty: true)
                == "{\n  \"a\": [\n    1,\n    {\n      \"b\": null\n    }\n  ],\n  \"c\": []\n}\n"
        )
    }

    private func plain(_ text: String) -> YAMLNode { YAMLNode(.scalar(text, isPlain: true)) }
}
