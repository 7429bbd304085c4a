import AtollModel
import AtollYAML
import Testing

@testable import AtollTopology

/// Random rules over random trees: nothing traps, and what comes out are labels.
struct LabelFuzzTests {
    @Test(arguments: 1...25 as ClosedRange<UInt64>)
    func `whatever the rules and the files, values are labels`(seed: UInt64) throws {
        var random = LabelFuzz(seed: seed)
        let folder = try TemporaryFolder(random.tree())
        let rules = (0..<24).map { _ in random.rule() }
        let report = LabelReport.evaluate(
            LabelRules(own: rules, presets: .named([])),
            root: folder.path,
            topology: folder.topology,
            host: HostID("n"),
            now: Timestamp(nanoseconds: .random(in: .min ... .max, using: &random.numbers))
        )
        for labels in [report.labels] + report.deviceLabels.values {
            for (key, value) in labels {
                #expect(
                    LabelValue.isClean(value) && (1...63).contains(value.utf8.count),
                    "seed \(seed): \(key)=\(value)"
                )
            }
        }
        for outcome in report.outcomes {
            #expect(outcome.attempts.count { $0.result.isFinal } <= 1, "seed \(seed): \(outcome.key)")
            #expect((outcome.value == nil) == (outcome.winner == nil), "seed \(seed): \(outcome.key)")
        }
        #expect(folder.topology.text(labels: report).split(separator: "\n").allSatisfy { $0.count <= 80 })
        #expect(!folder.topology.document(labels: report).yamlText.isEmpty)
    }

    @Test func `the rules of the fuzzer reach every way to end`() throws {
        var reached: Set<String> = []
        for seed in 1...40 as ClosedRange<UInt64> {
            var random = LabelFuzz(seed: seed)
            let folder = try TemporaryFolder(random.tree())
            let report = folder.labels(
                LabelRules(own: (0..<24).map { _ in random.rule() }),
                now: .init(nanoseconds: .max)
            )
            reached.formUnion(report.outcomes.flatMap(\.attempts).map { ending(of: $0.result) })
        }
        #expect(reached.count == 13, "\(reached.sorted())")
    }

    private func ending(of result: LabelResult) -> String {
        switch result {
        case .value: "value"
        case .notApplicable: "notApplicable"
        case .noInput: "noInput"
        case .rejected: "rejected"
        case .noMatch: "noMatch"
        case .stale: "stale"
        case .missingLabel: "missingLabel"
        case .missingVariable: "missingVariable"
        case .ambiguous: "ambiguous"
        case .failed: "failed"
        case .malformed: "malformed"
        case .invalid: "invalid"
        case .notTried: "notTried"
        }
    }
}

private struct LabelFuzz {
    var numbers: SplitMix64

    init(seed: UInt64) { numbers = SplitMix64(seed: seed) }

    private mutating func one<Element>(of choices: [Element]) -> Element {
        choices[Int.random(in: 0..<choices.count, using: &numbers)]
    }

    private let names = ["a", "b", "c1", "c10", "x.json"]
    private let folders = ["sys/d", "sys/class/dmi/id", "proc/device-tree", "proc", "etc"]

    mutating func tree() -> FileTree {
        var tree = FileTree()
        tree.function("0000:01:00.0", 0x1da3, 0x1060, 0x120000, driver: "habanalabs")
        tree.function("0000:02:00.0", 0x10de, 0x2330, 0x030200, driver: "nvidia")
        for _ in 0..<12 { tree.file("\(one(of: folders))/\(one(of: names))", content()) }
        tree.file("sys/bad/folder/x", "")
        tree.link("sys/loop", to: "sys/loop")
        return tree
    }

    private mutating func content() -> String {
        let scalars = (0..<Int.random(in: 0...80, using: &numbers)).map { _ in
            Unicode.Scalar(UInt8.random(in: 0...255, using: &numbers))
        }
        let noise = String(String.UnicodeScalarView(scalars))
        return one(of: [
            "", "none", "7", "a=1\nb: 'x y'", "{\"a\": {\"b\": [1, \"ü\", null]}}", "[", "R07-U12", noise,
            noise + noise,
            String(repeating: "é", count: 70), String(repeating: "9", count: 5000),
        ])
    }

    private mutating func path() -> String {
        one(of: ["*", "{a,b}", "c?", "[a-c]*", "a", "x.json", "{pci}", "{", "../a", "*/*", "{pci,a}", "none"])
    }

    private mutating func source() -> LabelSource {
        let path = path()
        return one(of: [
            .sysfs("d/\(path)"), .sysfs("{bad,loop}/folder"), .sysfs("bus/pci/devices/{pci}/vendor"), .proc(path),
            .deviceTree(path), .file("etc/\(path)"), .envFile(path: "etc/\(path)", key: one(of: ["a", "b"])),
            .jsonFile(
                path: "etc/\(path)",
                pointer: one(of: ["/a/b", "/a/b/1", "", "x", "/{label:k1}", "/{pci}", "/{"])
            ),
            .hostname, .machineID, .const(content()), .dmi(path), .computed(one(of: ComputedFact.allCases)),
            .label(one(of: ["k0", "k1", "none"])), .device(one(of: DeviceField.allCases)),
        ])
    }

    mutating func rule() -> LabelRule {
        LabelRule(
            key: "k\(Int.random(in: 0..<9, using: &numbers))",
            source: source(),
            match: one(of: [nil, nil, nil, ".", "(\\d+)", "(?<value>\\w*)", "^$", "(?<g>.)?x", "(", "(?s).*"]),
            map: one(of: [[:], ["7": "", "x": "ü"]]),
            format: one(of: [
                nil, nil, "{value}", "{g}", "{value}{", "{label:k0}/{value}", "{machine-id}", "{pci} {value}", "",
                "ü{value}",
            ]),
            reduce: one(of: LabelReduction.allCases),
            reject: one(of: [[], ["7"]]),
            isOptional: one(of: [true, false]),
            scope: one(of: LabelScope.allCases),
            when: one(of: [
                LabelGuard(), LabelGuard(), LabelGuard(accelerator: one(of: ["nvidia", "amd", "[", "*"])),
                LabelGuard(dmi: [one(of: ["a", "b", "x/y"]): one(of: [".", "^R", "("])]),
                LabelGuard(file: one(of: ["etc/*", "etc/{pci}", "none", ""])),
            ]),
            maxAge: one(of: [nil, nil, .seconds(60)])
        )
    }
}
