import AtollClient
import AtollModel
import AtollYAML

/// One host: what the coordinator makes of it, and below that what its agent sees.
struct HostView {
    let host: String
    let connection: AdminConnection
    let output: Output

    func show(as format: TopologyRead.Format) async throws {
        guard format == .tree else {
            return try output.write(text: try await connection.topology(of: HostID(host), as: format))
        }
        guard let object = try await connection.list(.init(kind: .hosts, names: [host])).first else {
            throw CommandFailure.notFound(.hosts, [host], namespace: nil)
        }
        let devices = try await connection.list(.init(kind: .devices)).filter { $0.hostOfDevice == host }
        guard let tree = try await tree() else { return try await showWhatIsKnown(object, devices) }
        let page = Page.standing(of: object, devices: devices)
        try output.write(lines: page.lines(isColored: output.isColored) + [""])
        try output.write(text: tree)
    }

    /// Nil, and the reason on standard error, when there is no agent to ask.
    private func tree() async throws(ClientError) -> String? {
        do throws(ClientError) {
            return try await connection.topology(of: HostID(host), as: .tree)
        } catch {
            guard case .failed(let failure) = error.code, failure.code == .unavailable else { throw error }
            Output.complain("\(failure.message); this is what the coordinator knows:")
            return nil
        }
    }

    private func showWhatIsKnown(_ object: YAMLNode, _ devices: [YAMLNode]) async throws {
        let pods = try await connection.list(.init(kind: .pods, namespace: nil)).filter { $0.hostOfPod == host }
        let islands = try await connection.list(.init(kind: .islands))
        let page = Page.host(object, devices: devices, islands: islands, pods: pods, now: .now)
        try output.write(lines: page.lines(isColored: output.isColored))
    }
}
