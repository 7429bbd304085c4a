import AtollModel
import Testing

@testable import AtollClient

struct LineDiffTests {
    private func diff(_ old: String, _ new: String) -> String {
        LineDiff(from: old.map(String.init), to: new.map(String.init)).lines().joined(separator: " ")
    }

    @Test func `equal texts have no difference`() {
        #expect(diff("", "") == "")
        #expect(diff("abc", "abc") == "")
    }

    @Test(arguments: [
        ("abcdefghi", "abcdXfghi", "@@ -2,7 +2,7 @@  b  c  d -e +X  f  g  h"),
        ("", "ab", "@@ -0,0 +1,2 @@ +a +b"),
        ("a", "", "@@ -1 +0,0 @@ -a"),
        ("a", "b", "@@ -1 +1 @@ -a +b"),
        ("abc", "aXbYc", "@@ -1,3 +1,5 @@  a +X  b +Y  c"),
        ("aab", "ab", "@@ -1,3 +1,2 @@  a -a  b"),
    ])
    func `changes are shown with the lines around them`(old: String, new: String, lines: String) {
        #expect(diff(old, new) == lines)
    }

    @Test func `changes far from each other are parts of their own`() {
        #expect(
            diff("abcdefghijkl", "XbcdefghijkY")
                == "@@ -1,4 +1,4 @@ -a +X  b  c  d @@ -9,4 +9,4 @@  i  j  k -l +Y"
        )
        #expect(diff("abcdefgh", "XbcdefgY") == "@@ -1,8 +1,8 @@ -a +X  b  c  d  e  f  g -h +Y")
    }

    @Test func `what is too long to compare is replaced as a whole`() {
        let half = LineDiff.comparedMax / 2
        let old = ["a"] + (0..<half).map { "old \($0)" } + ["z"]
        var new = ["a"] + (0..<half).map { "new \($0)" } + ["z"]
        new[half / 2] = old[half / 2]
        #expect(LineDiff(from: old, to: new).lines().contains(" \(old[half / 2])"))
        new.insert("one more", at: 1)
        let lines = LineDiff(from: old, to: new).lines()
        #expect(lines.contains("-\(old[half / 2])") && lines.contains("+\(old[half / 2])"))
        #expect(lines.first == "@@ -1,\(half + 2) +1,\(half + 3) @@")
    }

    @Test(arguments: 0..<200)
    func `a diff applied to the old text gives the new one`(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        func text() -> [String] {
            (0..<Int.random(in: 0..<30, using: &random)).map { _ in String("abc".randomElement(using: &random) ?? "a") }
        }
        let (old, new) = (text(), text())
        #expect(applied(LineDiff(from: old, to: new).lines(), to: old) == new, "seed \(seed)")
    }

    /// What `patch` does.
    private func applied(_ diff: [String], to old: [String]) -> [String]? {
        var (new, next): ([String], Int) = ([], 0)
        for line in diff {
            if line.hasPrefix("@@") {
                let place = line.split(separator: " ")[1].dropFirst().split(separator: ",").compactMap { Int($0) }
                let start = place.last == 0 ? place[0] : place[0] - 1
                new += old[next..<start]
                next = start
                continue
            }
            if line.hasPrefix("+") {
                new.append(String(line.dropFirst()))
                continue
            }
            guard next < old.count, old[next] == line.dropFirst() else { return nil }
            if line.hasPrefix(" ") { new.append(old[next]) }
            next += 1
        }
        return new + old[next...]
    }
}
