import AtollModel
import Testing

@Suite struct SortedMapTests {
    @Test func `it iterates in key order, whatever the order of insertion`() {
        var generator = SplitMix64(seed: 1)
        let keys = (0..<200).map { _ in Int(generator.next() % 100) }
        let map = SortedMap(keys.map { ($0, "\($0)") })
        #expect(map.keys == Set(keys).sorted())
        #expect(map.values == map.keys.map { "\($0)" })
    }

    @Test func `the last value of a key wins, and nil removes it`() {
        var map: SortedMap<String, Int> = ["a": 1, "a": 2, "b": 3]
        #expect(map["a"] == 2)
        map["a"] = nil
        map["c"] = nil
        #expect(map.keys == ["b"])
    }

    @Test func `merging prefers the other's values`() {
        let merged = SortedMap<String, Int>(dictionaryLiteral: ("a", 1), ("b", 2)).merging(["b": 3, "c": 4])
        #expect(merged == ["a": 1, "b": 3, "c": 4])
    }

    @Test func `an absent key has no value`() {
        let map: SortedMap<String, Int> = ["b": 1]
        #expect(map["a"] == nil)
        #expect(map["c"] == nil)
        #expect(SortedMap<String, Int>()["a"] == nil)
    }
}
