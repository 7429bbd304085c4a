import AtollLoop
import AtollModel
import AtollTopology

extension Commands {
    /// Shows this host, or one of which there is a folder or a capture, and saves what was read where that is asked for.
    static func topology(_ words: ArraySlice<String>) throws {
        let arguments = try Arguments(
            words,
            options: ["--config", "--root", "--host", "-o", "--save"],
            flags: ["--matrix", "--anonymous"]
        )
        try arguments.expectRest(count: 0)
        let format = try topologyFormat(arguments)
        let place = try arguments.one("--save")
        if place == nil && arguments.has("--anonymous") {
            throw Arguments.UsageError(message: "--anonymous is about the capture that --save FILE writes")
        }
        let root = try arguments.one("--root") ?? "/"
        let recorder = place.map { _ in HostRecorder(root: root) }
        let tree = recorder?.tree ?? HostTree(root: root)
        let configuration = try configuration(arguments, in: tree)
        // What is not this host has no hardware that a reading could disturb.
        let topology = HostTopology.read(tree, HostReadOptions(readsCountersThatReset: root != "/"))
        let host = try arguments.one("--host").map { HostID($0) } ?? configuration.host ?? HostID(topology.hostname)
        let report = LabelReport.evaluate(
            configuration.labels,
            in: tree,
            topology: topology,
            host: host,
            now: root == "/" ? Timestamp(nanoseconds: SystemClock.wall) : nil
        )
        print(topology.rendered(as: format, labels: report), terminator: "")
        guard let place, let recorder else { return }
        let capture = arguments.has("--anonymous") ? recorder.capture.anonymous : recorder.capture
        try capture.write(to: place)
        complain("\(capture.fileCount) files are in \(place)")
    }

    /// `-o` names all forms, the two for people included.
    private static func topologyFormat(_ arguments: Arguments) throws -> TopologyFormat {
        let name = try arguments.one("-o")
        if arguments.has("--matrix") && name != nil {
            throw Arguments.UsageError(message: "--matrix and -o are two forms: give one")
        }
        if arguments.has("--matrix") { return .matrix }
        guard let name else { return .tree }
        guard let format = TopologyFormat(rawValue: name) else {
            let known = TopologyFormat.allCases.map(\.rawValue).joined(separator: ", ")
            throw Arguments.UsageError(message: "option -o takes one of \(known), not `\(name)`")
        }
        return format
    }
}
