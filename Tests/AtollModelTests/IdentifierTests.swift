import AtollModel
import Testing

@Suite struct IdentifierTests {
    @Test func `a pod's id reads back what it prints`() {
        let pod = PodID(job: JobID(rawValue: 0xABCD_0000_0000_0001), index: 4_294_967_295, replacement: 7)
        #expect("\(pod)" == "abcd000000000001-4294967295-7")
        #expect(PodID("\(pod)") == pod)
    }

    @Test(arguments: ["", "1", "1-2", "1-2-3-4", "x-0-0", "1--0", "1-0-4294967296", "../1-0-0", "1-0-0 "])
    func `other text is no pod's id`(text: String) {
        #expect(PodID(text) == nil)
    }

    @Test func `the newest version that both speak is agreed on`() {
        let ours = VersionRange(oldest: 2, newest: 4)
        #expect(ours.agreed(with: VersionRange(oldest: 1, newest: 3)) == 3)
        #expect(ours.agreed(with: VersionRange(oldest: 4, newest: 9)) == 4)
        #expect(ours.agreed(with: VersionRange(oldest: 5, newest: 9)) == nil)
        #expect(ours.agreed(with: VersionRange(oldest: 1, newest: 1)) == nil)
    }

    @Test(arguments: AcceleratorVendor.allCases)
    func `every vendor is found by its resource`(vendor: AcceleratorVendor) {
        #expect(AcceleratorVendor(resourceName: vendor.resourceName) == vendor)
    }

    @Test func `the generator gives the published sequence`() {
        // First outputs for seed 1234567 as given in the public-domain reference by S. Vigna.
        var generator = SplitMix64(seed: 1_234_567)
        #expect(
            (0..<3).map { _ in generator.next() } == [
                6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
            ]
        )
    }
}
