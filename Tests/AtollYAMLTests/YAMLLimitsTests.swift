import AtollYAML
import Testing

struct YAMLLimitsTests {
    @Test func `a text at the depth limit is read and one level more is refused`() throws {
        #expect(try YAMLNode.parse("[[[[1]]]]", limits: .tiny).count == 1)
        let error = try #require(throws: YAMLError.self) { try YAMLNode.parse("[[[[[1]]]]]", limits: .tiny) }
        #expect(error.message == "nested deeper than 4 levels")
    }

    @Test func `depth counts what an alias brings along`() {
        #expect(throws: YAMLError.self) { try YAMLNode.parse("- &a [[[1]]]\n- [[*a]]\n", limits: .tiny) }
    }

    @Test func `values are counted with aliases expanded`() throws {
        let values = String(repeating: "- 1\n", count: 19)
        #expect(try YAMLNode.parse(values, limits: .tiny).count == 1)
        #expect(throws: YAMLError.self) { try YAMLNode.parse(values + "- 1\n", limits: .tiny) }
        #expect(throws: YAMLError.self) { try YAMLNode.parse("- &a [1,2,3,4,5]\n- *a\n- *a\n- *a\n", limits: .tiny) }
    }

    @Test func `bytes are counted before reading and with aliases expanded`() throws {
        let error = try #require(throws: YAMLError.self) {
            try YAMLNode.parse(String(repeating: " ", count: 1025), limits: .tiny)
        }
        #expect(error.message == "the text has 1025 bytes, the limit is 1024")
        let long = String(repeating: "x", count: 600)
        #expect(throws: YAMLError.self) { try YAMLNode.parse("- &a \(long)\n- *a\n", limits: .tiny) }
    }

    @Test func `a billion laughs are refused at production limits`() throws {
        var text = "a0: &a0 [ha, ha, ha, ha, ha, ha, ha, ha, ha, ha]\n"
        for level in 1...9 {
            let aliases = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
            text += "a\(level): &a\(level) [\(aliases)]\n"
        }
        let error = try #require(throws: YAMLError.self) { try YAMLNode.parse(text) }
        #expect(error.message.contains("aliases expanded"))
    }

    @Test(arguments: ["[", "{", "- ", "? ", "{a: ", "!x ", "&a ", "\"", "|\n ", "---\n", "%YAML 1.1\n"])
    func `a hundred thousand openings end in an error or a value`(opening: String) {
        let text = String(repeating: opening, count: 100_000)
        // Either is fine: what counts is that neither the stack nor the memory gives out.
        _ = try? YAMLNode.parse(text)
    }
}
