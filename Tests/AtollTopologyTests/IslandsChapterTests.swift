import Testing

@testable import AtollTopology

/// What `docs/islands.md` shows is what the agent reads.
struct IslandsChapterTests {
    private let examples: [String]

    init() throws {
        let folder = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
        let chapter = SystemCalls.readFile("\(folder)/../../docs/islands.md", bytesMax: 1 << 20, followsLinks: true)
        let text = String(decoding: try #require(chapter.value), as: UTF8.self)
        examples = text.split(separator: "```yaml\n").dropFirst().compactMap { rest in
            rest.split(separator: "```").first.map(String.init)
        }
    }

    @Test(arguments: LabelPreset.allCases)
    func `each preset is shown as it is`(preset: LabelPreset) { #expect(examples.contains(preset.text + "\n")) }

    @Test func `each example is a configuration`() {
        for example in examples {
            let isGuard = example.hasPrefix("when:")
            let isRules = example.hasPrefix("- ") || example.hasPrefix("# ")
            let rule =
                "labels:\n- key: k\n  from: {const: x}\n" + example.split(separator: "\n").map { "  \($0)\n" }.joined()
            let text = isGuard ? rule : isRules ? "labels:\n" + example : example
            #expect(throws: Never.self, "\(example)") { try AgentConfiguration.parse(text, file: "islands.md") }
        }
        #expect(examples.count > LabelPreset.allCases.count)
    }
}
