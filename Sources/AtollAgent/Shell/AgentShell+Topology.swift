import AtollModel
import AtollTopology
import AtollWire

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
        var reader = self
        let (topology, report) = reader.look()
        let text = topology.rendered(as: TopologyFormat(format), labels: report)
        guard text.utf8.count <= TopologyText.bytesMax else {
            return .failed("the text has \(text.utf8.count) bytes, more than \(TopologyText.bytesMax)")
        }
        return .text(text)
    }
}

extension TopologyFormat {
    fileprivate init(_ format: TopologyRead.Format) {
        self =
            switch format {
            case .tree: .tree
            case .matrix: .matrix
            case .json: .json
            case .yaml: .yaml
            case .dot: .dot
            case .svg: .svg
            }
    }
}
