import AtollModel
import Glibc
import Testing

@testable import AtollTopology

struct LabelTests {
    @Test(arguments: [
        "", "  ", "NONE", "n/a", "Unknown", "Not Specified", "To be filled by O.E.M.", "-1", "busy", "0000",
        "00000000-0000-0000-0000-000000000000", "0000:0000:0000:0000", "0x00000000", "01234567890123456789AB",
    ])
    func `placeholders are missing values`(text: String) { #expect(LabelValue.isPlaceholder(text)) }

    @Test(arguments: ["0", "1", "00", "none-1", "SU01", "00000001"])
    func `values are not mistaken for placeholders`(text: String) { #expect(!LabelValue.isPlaceholder(text)) }

    @Test func `values keep what labels allow and long ones become a hash`() {
        #expect(LabelValue.sanitised("a b/C_d.é") == "a-b/C_d.--")
        #expect(LabelValue.sanitised(String(repeating: "a", count: 63)).count == 63)
        // FNV-1a of 64 times `a`, worked out apart from this code.
        #expect(LabelValue.sanitised(String(repeating: "a", count: 64)) == "xdb007849f35ebbe5")
    }

    @Test(arguments: [
        ("*", "abc", true), ("*", ".hidden", false), (".*", ".hidden", true), ("a*c", "abbbc", true),
        ("a*c", "ab", false),
        ("*a*b*", "xaxbx", true), ("*a*b*", "xbxax", false), ("?", "", false), ("[a-c]x", "bx", true),
        ("[!a-c]x", "bx", false), ("[]]", "]", true), ("[a-]", "-", true), ("node*", "node10", true),
        ("*:*", "0000:1", true),
    ])
    func `wildcards match as in a shell`(pattern: String, name: String, expected: Bool) throws {
        #expect(try GlobComponent(pattern).matches(name) == expected)
    }

    @Test func `alternatives come in the order written and hits sorted`() throws {
        let folder = try TemporaryFolder(["sys/b2": "", "sys/b1": "", "sys/a": "", "sys/c/x": ""])
        #expect(try Glob("sys/{b*,a,c/?}").paths(in: folder.tree) == .value(["sys/b1", "sys/b2", "sys/a", "sys/c/x"]))
        // The last component has no wildcard: whether it exists shows when it is read.
        #expect(try Glob("sys/[bc]*/x").paths(in: folder.tree) == .value(["sys/b1/x", "sys/b2/x", "sys/c/x"]))
    }

    @Test(arguments: ["", "/", "a/../b", "a/**/b", "a/[b", "a/{b", "a/b}", "a/{pci}/b", "a/[z-a]"])
    func `patterns that cannot be meant are refused`(pattern: String) {
        #expect(throws: Glob.Flaw.self) { try Glob(pattern) }
    }

    @Test func `a pattern with more hits than its limit fails instead of answering from a part`() throws {
        var tree = FileTree()
        for index in 0..<65 { tree.file("d/\(index)/x", "") }
        let folder = try TemporaryFolder(tree)
        let names = (0..<64).map(String.init).joined(separator: ",")
        #expect(try Glob("d/*/{\(names)}").paths(in: folder.tree) == .failed(E2BIG))
        #expect(try Glob("d/{*,?,1*}").paths(in: folder.tree).value?.count == 65)
    }

    private func evaluate(_ files: KeyValuePairs<String, String>, _ rules: LabelRule...) throws -> LabelReport {
        let folder = try TemporaryFolder(files)
        return LabelReport.evaluate(
            LabelRules(own: rules, presets: .named([])),
            root: folder.path,
            topology: folder.topology,
            host: HostID("h"),
            now: nil
        )
    }

    @Test(arguments: [
        (LabelReduction.allEqual, LabelResult.ambiguous(["x", "y"])), (.first, .value("y")),
        (.uniqueJoin, .value("x-y")), (.count, .value("3")), (.min, .value("x")), (.max, .value("y")),
    ])
    func `several inputs are reduced`(reduction: LabelReduction, expected: LabelResult) throws {
        let rule = LabelRule(key: "k", source: .sysfs("d/*"), reduce: reduction)
        let report = try evaluate(["sys/d/1": "y", "sys/d/2": "x", "sys/d/3": "y", "sys/d/4": "none"], rule)
        #expect(report.outcomes.first?.attempts.map(\.result) == [expected])
    }

    @Test(arguments: [(LabelReduction.min, "8"), (.max, "0016"), (.uniqueJoin, "8-0016")])
    func `numbers are reduced by their value`(reduction: LabelReduction, expected: String) throws {
        let report = try evaluate(
            ["sys/d/1": "0016", "sys/d/2": "8"],
            LabelRule(key: "k", source: .sysfs("d/*"), reduce: reduction)
        )
        #expect(report.labels["k"] == expected)
    }

    @Test func `a map can take values away, and an empty value is none`() throws {
        let report = try evaluate(
            ["sys/d/1": "spare", "sys/d/2": "R7"],
            LabelRule(key: "k", source: .sysfs("d/*"), map: ["spare": ""]),
            LabelRule(key: "none", source: .sysfs("d/1"), map: ["spare": ""])
        )
        #expect(report.labels == ["kubernetes.io/hostname": "h", "k": "R7"])
        #expect(report.outcomes.last?.attempts.map(\.result) == [.noMatch(["spare"])])
    }

    @Test func `an input that cannot be read leaves the key unset, whatever the fallbacks`() throws {
        let report = try evaluate(
            ["sys/d/folder/x": "in the place of a file"],
            LabelRule(key: "k", source: .sysfs("d/folder")),
            LabelRule(key: "k", source: .const("fallback"))
        )
        #expect(report.labels.keys == ["kubernetes.io/hostname"])
        #expect(report.outcomes.first?.attempts.map(\.result) == [.failed(path: "sys/d/folder", EISDIR), .notTried])
        #expect(report.warnings == ["label k is not set: rule 1 cannot read /sys/d/folder: Is a directory"])
    }

    @Test func `map, group 1, whole match and own rejections`() throws {
        let report = try evaluate(
            ["sys/device": "0x1060", "sys/tag": "rack-9 x"],
            LabelRule(key: "model", source: .sysfs("device"), map: ["0x1060": "gaudi3"]),
            LabelRule(key: "group", source: .sysfs("tag"), match: #"rack-(\d)"#),
            LabelRule(key: "whole", source: .sysfs("tag"), match: #"rack-\d"#),
            LabelRule(key: "named", source: .sysfs("tag"), match: #"(?<a>rack)-(?<value>\d)"#, format: "{value}.{a}"),
            LabelRule(key: "own", source: .sysfs("tag"), reject: ["RACK-9 X"]),
            LabelRule(key: "const", source: .const("none"))
        )
        #expect(
            report.labels == [
                "kubernetes.io/hostname": "h", "model": "gaudi3", "group": "9", "whole": "rack-9", "named": "9.rack",
                "const": "none",
            ]
        )
    }

    @Test func `a rule that was never checked says what is wrong with it`() throws {
        let report = try evaluate([:], LabelRule(key: "k", source: .const("x"), format: "{oops}"))
        guard case .invalid(let flaw) = report.outcomes.first?.attempts.first?.result else {
            Issue.record("not invalid: \(report.outcomes)")
            return
        }
        #expect(flaw.contains("{oops}"))
    }

    @Test func `an environment file takes both forms and the first of equal keys`() {
        let file = EnvironmentFile("#A=0\nA=1\nA=2\nexport B=\"two words\"\nC: 'x: y'\nD=\nE")
        #expect(file["A"] == "1")
        #expect(file["B"] == "two words")
        #expect(file["C"] == "x: y")
        #expect(file["D"] == "")
        #expect(file["E"] == nil)
    }
}
