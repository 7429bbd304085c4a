import AtollModel
import AtollYAML

extension Probe {
    var node: YAMLNode {
        .object(
            [
                ("failureThreshold", .int(failureThreshold)),
                ("initialDelaySeconds", initialDelay == .zero ? nil : .int(initialDelay.components.seconds)),
                ("periodSeconds", .int(period.components.seconds)),
                ("successThreshold", .int(successThreshold)),
                ("terminationGracePeriodSeconds", terminationGrace.map { .int($0.components.seconds) }),
                ("timeoutSeconds", .int(timeout.components.seconds)),
            ],
            and: [action.pair]
        )
    }
}

extension ContainerAction {
    /// A hook that does it.
    var node: YAMLNode { .object([], and: [pair]) }

    /// The field that says it.
    fileprivate var pair: YAMLPair {
        switch self {
        case .exec(let command): YAMLPair(key: "exec", value: .object([("command", .texts(command))]))
        case .tcpSocket(let host, let port):
            YAMLPair(key: "tcpSocket", value: .object([("host", .text(host)), ("port", .int(port))]))
        case .httpGet(let request): YAMLPair(key: "httpGet", value: request.node)
        case .sleep(let time):
            YAMLPair(key: "sleep", value: .object([("seconds", .int(time.components.seconds))]))
        }
    }
}

extension HTTPRequest {
    fileprivate var node: YAMLNode {
        let headers = headers.map { header in
            YAMLNode.object([("name", .string(header.name)), ("value", .string(header.value))])
        }
        return .object([
            ("host", .text(host)),
            ("httpHeaders", headers.isEmpty ? nil : .list(headers)),
            ("path", .string(path)),
            ("port", .int(port)),
            ("scheme", .string("HTTP")),
        ])
    }
}

extension RestartRule {
    var node: YAMLNode {
        .object([
            ("action", .string(action.rawValue)),
            (
                "exitCodes",
                .object([("operator", .string(`operator`.rawValue)), ("values", .integers(exitCodes))])
            ),
        ])
    }
}

extension ContainerPort {
    var node: YAMLNode {
        .object([
            ("containerPort", .int(number)),
            ("hostIP", .text(hostAddress)),
            ("hostPort", hostPort == 0 ? nil : .int(hostPort)),
            ("name", .text(name)),
            ("protocol", .string(transport.rawValue)),
        ])
    }
}
