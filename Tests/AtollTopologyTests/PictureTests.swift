import AtollModel
import Testing

@testable import AtollTopology

struct PictureTests {
    static let hosts: [HostTopology] = [
        .dgx(), .mi300xCPX(), .tpuVM(), .neuronRing(count: 16), HostTopology(), hostile(),
    ]

    /// Names that no kernel gives.
    private static func hostile() -> HostTopology {
        var host = HostTopology.dgx()
        host.hostname = "<script>&\"'\\\u{1}\u{fffe}"
        host.accelerators[0].device.model = "]]> & </text> \\ \" \n"
        host.networkDevices[0].name = "\"; <x>"
        host.findings = [Finding(.error, .deviceUnusable, subject: "\"; <x>/1", message: "a < b && c > \"d\"")]
        host.warnings = ["<!-- -->"]
        return host
    }

    @Test(arguments: hosts)
    func `a picture is well-formed XML`(host: HostTopology) {
        #expect(XMLCheck.flaw(in: host.svg(labels: .none)) == nil)
    }

    @Test func `the check for XML finds what is wrong`() {
        for text in ["<a>", "<a></b>", "<a b=1/>", "<a>&</a>", "<a b=\"<\"/>", "a<a/>", "<a/><a/>", "<a>\u{1}</a>"] {
            #expect(XMLCheck.flaw(in: text) != nil, "\(text)")
        }
        #expect(XMLCheck.flaw(in: "<a b=\"&lt;\">x<c/>&amp;</a>\n") == nil)
    }

    @Test(arguments: hosts)
    func `a picture has no scripts and refers to nothing`(host: HostTopology) {
        let svg = host.svg(labels: .none)
        #expect(!svg.contains("<script"))
        #expect(!svg.contains("href"))
        #expect(svg.contains("<title id=\"title\">") && svg.contains("<desc id=\"description\">"))
    }

    @Test func `every part is in the pictures`() {
        let host = HostTopology.dgx()
        for text in [host.svg(labels: .none), host.dot(labels: .none)] {
            for device in host.devices { #expect(text.contains(device.pciAddress)) }
            for device in host.networkDevices { #expect(text.contains(device.name)) }
            #expect(text.contains("4 NVSwitches"))
        }
    }

    @Test func `findings are marked with their sentence`() {
        var host = HostTopology.dgx()
        host.findings = [Finding(.error, .memoryErrors, subject: "0000:1b:00.0", message: "3 pages < 4")]
        #expect(host.svg(labels: .none).contains("<title>error  MemoryErrors  0000:1b:00.0: 3 pages &lt; 4</title>"))
        #expect(host.dot(labels: .none).contains("! MemoryErrors"))
    }

    @Test func `a hive in which all reach all is one note, other links are drawn`() {
        #expect(HostTopology.mi300xCPX().svg(labels: .none).contains("XGMI hive 1: [0-15], all linked directly"))
        let ring = HostTopology.neuronRing(count: 16)
        #expect(ring.svg(labels: .none).components(of: "<path d=\"M") == 16)
        #expect(ring.dot(labels: .none).components(of: "\"device 0\" -- \"device ") == 2)
    }

    @Test func `a name is a name in a graph`() {
        let dot = Self.hostile().dot(labels: .none)
        #expect(dot.contains(#""network \"; <x>""#))
        // Every quote that is not escaped opens or closes a string on its own line.
        for line in dot.split(separator: "\n") {
            let quotes = line.replacing("\\\\", with: "").replacing("\\\"", with: "").filter { $0 == "\"" }
            #expect(quotes.count.isMultiple(of: 2), "\(line)")
        }
        #expect(dot.filter { $0 == "{" }.count == dot.filter { $0 == "}" }.count)
    }

    @Test(arguments: TopologyFormat.allCases)
    func `every form ends in one newline`(format: TopologyFormat) {
        let text = HostTopology.dgx().rendered(as: format, labels: .none)
        #expect(text.hasSuffix("\n") && !text.hasSuffix("\n\n"))
    }
}

extension String {
    fileprivate func components(of part: String) -> Int { ranges(of: part).count }
}
