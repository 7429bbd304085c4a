import AtollJobSet
import AtollModel
import Testing

struct GeneratedNameTests {
    private var random = SplitMix64(seed: 7)

    @Test mutating func `five characters that spell nothing follow the base`() throws {
        for _ in 0..<100 {
            let made = GeneratedName.name(from: "js-", random: &random) { _ in false }
            let name = try #require(made)
            #expect(name.hasPrefix("js-") && name.count == 8)
            #expect(name.dropFirst(3).allSatisfy { "bcdfghjklmnpqrstvwxz2456789".contains($0) })
        }
    }

    @Test mutating func `a base that is too long is cut`() {
        let base = String(repeating: "a", count: 59)
        let name = GeneratedName.name(from: base, random: &random) { _ in false }
        #expect(name?.count == 63)
        #expect(name?.hasPrefix(base.dropLast()) == true)
    }

    @Test mutating func `names that are taken are passed over, a few times`() {
        var seen: [String] = []
        let name = GeneratedName.name(from: "js-", random: &random) { name in
            seen.append(name)
            return seen.count < 8
        }
        #expect(name == seen.last && Set(seen).count == 8)
        seen = []
        let none = GeneratedName.name(from: "js-", random: &random) { name in
            seen.append(name)
            return true
        }
        #expect(none == nil && seen.count == 8)
    }

    @Test(arguments: ["js-", "js"]) func `a manifest may have the beginning of a name`(base: String) throws {
        let jobSet = try decode(manifest(replacing: "name: js", with: "generateName: \(base)")).jobSet
        #expect(jobSet.wantsName && jobSet.metadata.shownName.name == base)
        let named = jobSet.named("js-bcdfg")
        #expect(!named.wantsName && named.metadata.shownName.name == "js-bcdfg")
        #expect(named.metadata.generateName == base)
        #expect(try JobSet.decode(named.node, defaultNamespace: "default").jobSet == named)
    }

    @Test func `what follows from a generated name is checked with one of its length`() {
        // The longest pod name is the base, five characters and `-workers-1-1-abcde`.
        let fits = String(repeating: "a", count: 40)
        #expect(problems(of: manifest(replacing: "name: js", with: "generateName: \(fits)")).isEmpty)
        let found = problems(of: manifest(replacing: "name: js", with: "generateName: a\(fits)"))
        #expect(found.map(\.path) == ["spec.replicatedJobs[0].name"])
        #expect(found.first?.message.contains("pod names generated for this JobSet will exceed 63") == true)
    }
}
