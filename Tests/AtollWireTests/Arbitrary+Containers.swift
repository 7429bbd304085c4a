import AtollModel
import AtollWire

extension Arbitrary {
    mutating func container() -> ContainerSpec {
        ContainerSpec(
            name: text(),
            command: list { $0.text() },
            args: list { $0.text() },
            env: list {
                EnvironmentVariable(name: $0.text(), source: $0.bool() ? .value($0.text()) : .field(path: $0.text()))
            },
            workingDirectory: text(),
            mounts: list { VolumeMount(volume: $0.text(), path: $0.text(), subPath: $0.text(), isReadOnly: $0.bool()) },
            restartPolicy: maybe { $0.one(of: RestartPolicy.allCases) },
            restartRules: list { $0.restartRule() },
            startupProbe: maybe { $0.probe() },
            readinessProbe: maybe { $0.probe() },
            livenessProbe: maybe { $0.probe() },
            postStart: maybe { $0.action() },
            preStop: maybe { $0.action() }
        )
    }

    mutating func volume() -> PodVolume {
        let type = one(of: PodVolume.HostPathType.allCases)
        let sources: [PodVolume.Source] = [
            .emptyDirectory(inMemory: bool(), sizeMax: maybe { $0.number() }), .hostPath(text(), type),
            .claim(VolumeClaimID(name: objectName(), uid: uid())),
        ]
        return PodVolume(name: text(), source: one(of: sources))
    }

    private mutating func restartRule() -> RestartRule {
        RestartRule(
            action: one(of: RestartRule.Action.allCases),
            operator: one(of: RestartRule.Operator.allCases),
            exitCodes: list { $0.number() }
        )
    }

    private mutating func probe() -> Probe {
        Probe(
            action: action(),
            initialDelay: duration(),
            period: duration(),
            timeout: duration(),
            successThreshold: number(),
            failureThreshold: number(),
            terminationGrace: maybe { $0.duration() }
        )
    }

    private mutating func action() -> ContainerAction {
        let headers = list { HTTPRequest.Header(name: $0.text(), value: $0.text()) }
        return one(of: [
            .exec(list { $0.text() }), .tcpSocket(host: text(), port: number()), .sleep(duration()),
            .httpGet(HTTPRequest(host: text(), port: number(), path: text(), headers: headers)),
        ])
    }
}
