import AtollModel
import AtollYAML
import Testing

@testable import AtollTopology

/// What captures of AMD hosts say about nodes, links, hives and boards, against what is known about them.
struct AMDCaptureTests {
    private static let truth = Captures.truth(in: "truth.json")

    private static func names(with sections: String...) -> [String] {
        truth.filter { pair in sections.contains { pair.value[$0] != nil } }.map(\.key)
    }

    private func read(_ name: String) throws -> (truth: YAMLNode, host: HostTopology, document: YAMLNode)? {
        guard let truth = Self.truth.first(where: { $0.key == name })?.value else { return nil }
        let capture = try Captures.unpack("captures/\(name).tar.gz")
        let options = HostReadOptions(readsCountersThatReset: true)
        let host = HostTopology.read(root: "\(capture.path)/\(name)", options: options)
        return (truth, host, host.document(labels: LabelReport(labels: [:], outcomes: [], warnings: [])))
    }

    @Test(arguments: names(with: "kfd", "hives", "drm"))
    func `nodes, links, hives and cards are as they were`(name: String) throws {
        let (truth, _, document) = try #require(try read(name))
        for section in ["kfd", "hives", "drm"] {
            guard let expected = truth[section] else { continue }
            #expect(Captures.differences(expected, document[section], at: section) == [])
        }
        #expect(document["hives"]?.pairs?.count ?? 0 == truth["hives"]?.pairs?.count ?? 0)
    }

    @Test(arguments: names(with: "kfd", "hives"))
    func `devices have all that their drivers say of them`(name: String) throws {
        let (truth, _, document) = try #require(try read(name))
        let expected = try #require(truth["accelerators"])
        #expect(Captures.differences(expected, document["accelerators"], at: "accelerators") == [])
    }

    @Test func `a partition that is not there is found by the others`() throws {
        guard let (_, host, _) = try read("rocm-mi300x-cpx") else { return }
        let finding = Finding(
            .warning,
            .deviceIncomplete,
            subject: "0000:e5:00.0",
            message: "7 of its 8 compute dies have a KFD node, in 7 partitions"
        )
        #expect(host.findings == [finding])
        // Each of the eight devices reaches each other one, however many links their partitions have.
        #expect(host.links.count == 28)
        #expect(host.links.allSatisfy { $0.kind == .xgmi && $0.weight == 41 && $0.from < $0.to })
    }

    @Test func `two hives of one host are not linked`() throws {
        guard let (_, host, _) = try read("rocm-mi210-2hives") else { return }
        #expect(host.hives.map(\.devices.count) == [4, 4])
        #expect(host.links.map(\.weight) == Array(repeating: 15, count: 12))
        for link in host.links {
            #expect(host.hives.contains { $0.devices.contains(link.from) && $0.devices.contains(link.to) })
        }
    }
}
