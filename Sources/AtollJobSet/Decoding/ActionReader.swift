import AtollModel
import AtollYAML

/// Reads probes and lifecycle hooks of one container; what is wrong with what they do is told at its own field, with
/// the messages of Kubernetes' v1.
struct ActionReader {
    /// Where names of ports are looked up.
    let ports: [ContainerPort]

    /// Nil when it is refused.
    func probe(_ node: YAMLNode, at path: FieldPath, _ findings: inout Findings) -> Probe? {
        // As in Kubernetes, a 0 is a number that was left out.
        func number(_ key: String, default defaultNumber: Int32) -> Int32 {
            node.int32(key).flatMap { $0 == 0 ? nil : $0 } ?? defaultNumber
        }
        guard let action = action(node, at: path, &findings) else { return nil }
        return Probe(
            action: action,
            initialDelay: .seconds(number("initialDelaySeconds", default: 0)),
            period: .seconds(number("periodSeconds", default: 10)),
            timeout: .seconds(number("timeoutSeconds", default: 1)),
            successThreshold: UInt32(number("successThreshold", default: 1)),
            failureThreshold: UInt32(number("failureThreshold", default: 3)),
            terminationGrace: node.int64("terminationGracePeriodSeconds").map { .seconds($0) }
        )
    }

    /// The only action of a probe or hook; nil when it is refused.
    func action(_ node: YAMLNode, at path: FieldPath, _ findings: inout Findings) -> ContainerAction? {
        let kinds = ["exec", "httpGet", "tcpSocket", "sleep"].filter { node.value($0) != nil }
        guard let kind = kinds.first, let value = node.value(kind) else {
            findings.refuse(path, "Required value: must specify a handler type")
            return nil
        }
        for other in kinds.dropFirst() {
            findings.refuse(path.field(other), "Forbidden: may not specify more than 1 handler type")
        }
        let here = path.field(kind)
        switch kind {
        case "exec": return .exec(command(value, at: here, &findings))
        case "httpGet": return request(value, at: here, &findings).map(ContainerAction.httpGet)
        case "tcpSocket":
            let host = host(value, at: here, &findings)
            return port(value, at: here, &findings).map { .tcpSocket(host: host, port: $0) }
        default: return .sleep(.seconds(value.int64("seconds") ?? 0))
        }
    }

    private func command(_ node: YAMLNode, at path: FieldPath, _ findings: inout Findings) -> [String] {
        let here = path.field("command")
        let command = node.texts("command")
        if command.first?.isEmpty != false { findings.refuse(here, "Required value") }
        // The kernel ends arguments at a NUL.
        if command.contains(where: { $0.utf8.contains(0) }) { findings.refuse(here, "must not hold a NUL character") }
        return command
    }

    private func request(_ node: YAMLNode, at path: FieldPath, _ findings: inout Findings) -> HTTPRequest? {
        let text = node.text("path") ?? "/"
        if !text.utf8.allSatisfy(Self.isVisible) { refuseUnprintable(text, at: path.field("path"), &findings) }
        let host = host(node, at: path, &findings)
        let headers = headers(node, at: path.field("httpHeaders"), &findings)
        return port(node, at: path, &findings).map { port in
            HTTPRequest(host: host, port: port, path: text.hasPrefix("/") ? text : "/" + text, headers: headers)
        }
    }

    private func host(_ node: YAMLNode, at path: FieldPath, _ findings: inout Findings) -> String {
        let host = node.text("host") ?? ""
        if !host.utf8.allSatisfy(Self.isVisible) { refuseUnprintable(host, at: path.field("host"), &findings) }
        return host
    }

    private func headers(
        _ node: YAMLNode,
        at path: FieldPath,
        _ findings: inout Findings
    ) -> [HTTPRequest.Header] {
        node.list("httpHeaders").enumerated().map { index, item in
            let header = HTTPRequest.Header(name: item.text("name") ?? "", value: item.text("value") ?? "")
            for message in NameRules.headerName(header.name) {
                findings.refuse(path.index(index).field("name"), value: header.name, message)
            }
            // A line break would begin another header.
            if header.value.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) {
                findings.refuse(path.index(index).field("value"), "must not hold control characters")
            }
            return header
        }
    }

    private func port(_ node: YAMLNode, at path: FieldPath, _ findings: inout Findings) -> UInt16? {
        let here = path.field("port")
        let name = node.text("port")
        let number = name.map { name in ports.first { $0.name == name }?.number } ?? node.int32("port")
        if let name {
            for message in NameRules.portName(name) { findings.refuse(here, value: name, message) }
            if number == nil { findings.refuse(here, value: name, "no port of the container has this name") }
            // What is wrong with the port of that name is told there.
            return number.flatMap(UInt16.init(exactly:))
        }
        for message in NameRules.portNumber(number ?? 0) { findings.refuse(here, value: "\(number ?? 0)", message) }
        return number.flatMap(UInt16.init(exactly:))
    }

    private func refuseUnprintable(_ text: String, at path: FieldPath, _ findings: inout Findings) {
        findings.refuse(path, value: text, "must not hold spaces or control characters")
    }

    private static func isVisible(_ byte: UInt8) -> Bool { byte > 0x20 && byte != 0x7F }
}
