import AtollModel
import AtollYAML

extension VolumeClaimPolicy {
    var node: YAMLNode {
        .object([
            ("templates", .list(templates.map(\.node))),
            ("retentionPolicy", .map([("whenDeleted", .string(whenDeleted.rawValue))])),
        ])
    }
}

extension VolumeClaimTemplate {
    fileprivate var node: YAMLNode {
        .object([
            (
                "metadata",
                .object([
                    ("name", .string(name)), ("labels", .labels(labels)), ("annotations", .labels(annotations)),
                ])
            ),
            ("spec", spec.unlessEmpty),
        ])
    }
}

extension PodVolume {
    var node: YAMLNode { .object([("name", .string(name)), source.entry]) }
}

extension PodVolume.Source {
    fileprivate var entry: (String, YAMLNode?) {
        switch self {
        case .emptyDirectory(let inMemory, let sizeMax):
            (
                "emptyDir",
                .object([
                    ("medium", inMemory ? .string("Memory") : nil),
                    ("sizeLimit", sizeMax.map { .string(Quantity(bytes: $0).text) }),
                ])
            )
        case .hostPath(let path, let type):
            ("hostPath", .object([("path", .string(path)), ("type", .text(type.rawValue))]))
        case .claim(let claim): ("persistentVolumeClaim", .object([("claimName", .string(claim.name.name))]))
        }
    }
}

extension VolumeMount {
    var node: YAMLNode {
        .object([
            ("name", .string(volume)), ("mountPath", .string(path)), ("subPath", .text(subPath)),
            ("readOnly", isReadOnly ? .bool(true) : nil),
        ])
    }
}
