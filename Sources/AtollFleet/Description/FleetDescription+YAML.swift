public import AtollModel
public import AtollTopology
import AtollYAML

/// The file that `atoll-fleet run --description FILE` reads. Every key is optional; unknown keys are refused.
///
/// | key | value | default |
/// |---|---|---|
/// | `hosts` | how many | 16 |
/// | `namePrefix` | what names begin with; the host's number follows | `host-` |
/// | `levels` | a list of `{key, hosts, prefix}`: hosts in each domain of a label key; `prefix` defaults to the key's last part and `-` | islands of 16 hosts by `atoll.dev/island` |
/// | `devices` | `{count, vendor, model}` | 8, `nvidia`, `H100 SXM` |
/// | `capture` | in place of `devices`: a folder or archive of a host, as `atoll-agent topology --save` writes them | none |
/// | `pods` | `{startDelay, runTime, stopTime, failurePercent, failureCode}`, times such as `50ms` or `1s..3s` | see `PodHabits` |
/// | `seed` | a number | 1 |
extension FleetDescription {
    /// Reads the text of such a file, strictly.
    ///
    /// - Parameters:
    ///   - file: the name that errors give.
    ///   - folder: where the paths in it begin, ending in `/`, or empty.
    public static func parse(_ text: String, file: String, folder: String) throws(TopologyError) -> FleetDescription {
        let documents: [YAMLNode]
        do throws(YAMLError) {
            documents = try YAMLNode.parse(text)
        } catch {
            throw TopologyError(.configuration, error.message, file: file, line: error.line)
        }
        var description = FleetDescription()
        for document in documents.prefix(1) { try description.read(document, file: file, folder: folder) }
        if documents.count > 1 {
            let line = documents[1].mark.line
            throw TopologyError(.configuration, "holds more than one document", file: file, line: line)
        }
        return description
    }

    private mutating func read(_ document: YAMLNode, file: String, folder: String) throws(TopologyError) {
        let keys = ["hosts", "namePrefix", "levels", "devices", "capture", "pods", "seed"]
        let mapping = try StrictMapping(document, of: "the description", keys: keys, file: file)
        hostCount = try mapping.number("hosts", in: 1...Self.hostNumberMax) ?? hostCount
        namePrefix = try mapping.text("namePrefix") ?? namePrefix
        guard HostID.isValid(namePrefix + "0") else {
            throw mapping.error("`namePrefix` must be the beginning of a DNS name", key: "namePrefix")
        }
        seed = UInt64(try mapping.number("seed", in: 0...Int.max) ?? Int(seed))
        if mapping["levels"] != nil { levels = [] }
        for node in try mapping.list("levels") { levels.append(try FleetLevel(node, file: file)) }
        if let node = mapping["devices"] { template = try Self.template(node, file: file) }
        if let path = try mapping.text("capture") {
            guard mapping["devices"] == nil else {
                throw mapping.error("`devices` and `capture` say the same twice: give one", key: "capture")
            }
            template = try Self.template(capture: path.hasPrefix("/") ? path : folder + path)
        }
        if let node = mapping["pods"] { pods = try PodHabits(node, file: file) }
    }

    private static func template(_ node: YAMLNode, file: String) throws(TopologyError) -> HostFacts {
        let keys = ["count", "vendor", "model"]
        let mapping = try StrictMapping(node, of: "`devices`", keys: keys, file: file)
        let name = try mapping.text("vendor") ?? AcceleratorVendor.nvidia.rawValue
        guard let vendor = AcceleratorVendor(rawValue: name) else {
            let known = AcceleratorVendor.allCases.map(\.rawValue).joined(separator: ", ")
            throw mapping.error("vendor `\(name)` is unknown; known: \(known)", key: "vendor")
        }
        let count = try mapping.number("count", in: 0...64) ?? 8
        return template(devices: count, vendor: vendor, model: try mapping.text("model") ?? "H100 SXM")
    }

    /// A host like the one that was captured, whose labels come from the presets.
    public static func template(capture path: String) throws(TopologyError) -> HostFacts {
        let topology = HostTopology.read(HostTree(root: path), HostReadOptions(readsCountersThatReset: true))
        guard !topology.bootID.isEmpty || !topology.numaNodes.isEmpty || !topology.devices.isEmpty else {
            throw TopologyError(.configuration, "there is no host in it", file: path)
        }
        let host = HostID(topology.hostname)
        let report = LabelReport.evaluate(LabelRules(), root: path, topology: topology, host: host, now: nil)
        return topology.facts(host: host, address: "", agentVersion: AtollVersion.current, labels: report)
    }
}

extension FleetLevel {
    fileprivate init(_ node: YAMLNode, file: String) throws(TopologyError) {
        let mapping = try StrictMapping(node, of: "a level", keys: ["key", "hosts", "prefix"], file: file)
        key = try mapping.requiredText("key")
        hosts = try mapping.number("hosts", in: 1...FleetDescription.hostNumberMax) ?? 1
        prefix = try mapping.text("prefix") ?? key.split(separator: "/").last.map { "\($0)-" } ?? ""
    }
}

extension PodHabits {
    fileprivate init(_ node: YAMLNode, file: String) throws(TopologyError) {
        self.init()
        let keys = ["startDelay", "runTime", "stopTime", "failurePercent", "failureCode"]
        let mapping = try StrictMapping(node, of: "`pods`", keys: keys, file: file)
        startDelay = try mapping.time("startDelay") ?? startDelay
        runTime = try mapping.time("runTime")
        stopTime = try mapping.time("stopTime") ?? stopTime
        failurePercent = try mapping.number("failurePercent", in: 0...100) ?? failurePercent
        failureCode = Int32(try mapping.number("failureCode", in: 1...255) ?? Int(failureCode))
    }
}

extension StrictMapping {
    fileprivate func number(_ key: String, in range: ClosedRange<Int>) throws(TopologyError) -> Int? {
        guard let node = self[key] else { return nil }
        guard let number = node.int, range.contains(number) else {
            throw error("`\(key)` must be a number from \(range.lowerBound) to \(range.upperBound)", key: key)
        }
        return number
    }

    fileprivate func time(_ key: String) throws(TopologyError) -> TimeRange? {
        guard let text = try text(key) else { return nil }
        guard let range = TimeRange(text) else { throw error("`\(key)` must be a \(TimeRange.form)", key: key) }
        return range
    }
}
