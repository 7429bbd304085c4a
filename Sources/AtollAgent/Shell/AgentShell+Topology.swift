import AtollModel
import AtollTopology
import AtollWire
import AtollYAML

// A person wants to see this host: it is read anew, off the loop, and drawn.
extension AgentShell {
    func answer(_ read: TopologyRead) {
        let asking = connection
        let reader = reader
        Task {
            let outcome = await reader.draw(read.format)
            // Whoever asked on an earlier connection waits no longer.
            guard connection === asking else { return }
            transmit(.topologyText(TopologyText(read: read.read, outcome: outcome)))
        }
    }
}

extension HostReader {
    @concurrent fileprivate func draw(_ format: TopologyRead.Format) async -> TopologyText.Outcome {
        let topology = HostTopology.read(root: root)
        let report = LabelReport.evaluate(labels, root: root, topology: topology, host: host)
        let text: String
        switch format {
        case .tree: text = topology.text(labels: report)
        case .json: text = topology.document(labels: report).jsonText(pretty: true)
        case .yaml: text = topology.document(labels: report).yamlText
        case .matrix, .dot, .svg: return .failed("this agent does not draw the format \(format.rawValue)")
        }
        guard text.utf8.count <= TopologyText.bytesMax else {
            return .failed("the text has \(text.utf8.count) bytes, more than \(TopologyText.bytesMax)")
        }
        return .text(text)
    }
}
