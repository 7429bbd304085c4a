import AtollJobSet
import Testing

private let podSpec = "spec.replicatedJobs[0].template.spec.template.spec"
private let mounts = "\(podSpec).containers[0].volumeMounts"

/// The base with volumes in line 16, and mounts of its container in line 19.
private func refusal(
    volumes: String = "{name: data, emptyDir: {}}",
    mounts: String = "",
    path: String,
    _ message: String,
    line: Int = 16
) -> Refusal {
    Refusal(
        "containers:\n            - name: main",
        "volumes: [\(volumes)]\n            containers:\n            - name: main\n              "
            + "volumeMounts: [\(mounts)]",
        path: path,
        message,
        line: line
    )
}

/// The base with policies in line 6, and mounts of its container.
private func refusal(
    policies: String,
    mounts: String = "{name: data, mountPath: /data}",
    path: String,
    _ message: String,
    line: Int = 6
) -> Refusal {
    var refusal = Refusal(
        "- name: main",
        "- name: main\n              volumeMounts: [\(mounts)]",
        path: path,
        message,
        line: line
    )
    refusal.text = refusal.text.replacing("spec:\n  rep", with: "spec:\n  volumeClaimPolicies: [\(policies)]\n  rep")
    return refusal
}

extension RefusalTests {
    static let volumeRules: [Refusal] = [
        refusal(volumes: "{name: A, emptyDir: {}}", path: "\(podSpec).volumes[0].name", "RFC 1123 label"),
        refusal(
            volumes: "{name: a, emptyDir: {}}, {name: a, emptyDir: {}}",
            path: "\(podSpec).volumes[1]",
            "Duplicate value: {\"name\":\"a\"}"
        ),
        refusal(volumes: "{name: a}", path: "\(podSpec).volumes[0]", "must specify a volume type"),
        refusal(
            volumes: "{name: a, emptyDir: {}, hostPath: {path: /a}}",
            path: "\(podSpec).volumes[0]",
            "may not specify more than 1 volume type"
        ),
        refusal(
            volumes: "{name: a, secret: {secretName: s}, emptyDir: {}}",
            path: "\(podSpec).volumes[0].secret",
            "not supported: there are no secrets"
        ),
        refusal(
            volumes: "{name: a, emptyDir: {medium: HugePages-2Mi}}",
            path: "\(podSpec).volumes[0].emptyDir.medium",
            "mount a hugetlbfs on the hosts"
        ),
        refusal(
            volumes: "{name: a, emptyDir: {medium: memory}}",
            path: "\(podSpec).volumes[0].emptyDir.medium",
            "Unsupported value: \"memory\": supported values: \"\", \"Memory\""
        ),
        refusal(
            volumes: "{name: a, emptyDir: {sizeLimit: 1GB}}",
            path: "\(podSpec).volumes[0].emptyDir.sizeLimit",
            "Invalid value: \"1GB\": SizeLimit field must be a valid resource quantity"
        ),
        refusal(
            volumes: "{name: a, emptyDir: {sizeLimit: [1]}}",
            path: "\(podSpec).volumes[0].emptyDir.sizeLimit",
            "expected a quantity"
        ),
        refusal(
            volumes: "{name: a, hostPath: {path: a}}",
            path: "\(podSpec).volumes[0].hostPath.path",
            "must be an absolute path"
        ),
        refusal(
            volumes: "{name: a, hostPath: {path: /a/../b}}",
            path: "\(podSpec).volumes[0].hostPath.path",
            "must not contain '..'"
        ),
        refusal(
            volumes: "{name: a, hostPath: {path: /a, type: Folder}}",
            path: "\(podSpec).volumes[0].hostPath.type",
            "Unsupported value: \"Folder\""
        ),
        refusal(
            volumes: "{name: a, persistentVolumeClaim: {claimName: A}}",
            path: "\(podSpec).volumes[0].persistentVolumeClaim.claimName",
            "RFC 1123 subdomain"
        ),
        refusal(
            mounts: "{name: other, mountPath: /a}",
            path: "\(mounts)[0].name",
            "Not found: \"other\"",
            line: 19
        ),
        refusal(
            mounts: "{name: data, mountPath: a}",
            path: "\(mounts)[0].mountPath",
            "must be an absolute path",
            line: 19
        ),
        refusal(
            mounts: "{name: data, mountPath: \"/a:b\"}",
            path: "\(mounts)[0].mountPath",
            "must not contain ':'",
            line: 19
        ),
        refusal(
            mounts: "{name: data, mountPath: /a}, {name: data, mountPath: /a}",
            path: "\(mounts)[1].mountPath",
            "Invalid value: \"/a\": must be unique",
            line: 19
        ),
        refusal(
            mounts: "{name: data, mountPath: /a, subPath: /b}",
            path: "\(mounts)[0].subPath",
            "must be a relative path",
            line: 19
        ),
        refusal(
            mounts: "{name: data, mountPath: /a, subPath: b/../../c}",
            path: "\(mounts)[0].subPath",
            "must not contain '..'",
            line: 19
        ),
        refusal(
            mounts: "{name: data, mountPath: \"/a\\0b\"}",
            path: "\(mounts)[0].mountPath",
            "must not hold a NUL character",
            line: 19
        ),
        refusal(
            mounts: "{name: data, mountPath: /a, subPathExpr: $(A)}",
            path: "\(mounts)[0].subPathExpr",
            "use subPath",
            line: 19
        ),
        refusal(
            mounts: "{name: data, mountPath: /a, mountPropagation: Bidirectional}",
            path: "\(mounts)[0].mountPropagation",
            "mounts of a container are its own",
            line: 19
        ),
    ]

    static let volumeClaimRules: [Refusal] = [
        refusal(
            policies: "{templates: [{metadata: {name: data}}]}, {templates: [{metadata: {name: data}}]}",
            path: "spec.volumeClaimPolicies[1].template[0].name",
            "names must be unique for VolumeClaimPolicies template"
        ),
        refusal(
            policies: "{templates: [{metadata: {name: Data}}]}",
            mounts: "{name: Data, mountPath: /data}",
            path: "spec.volumeClaimPolicies[0].template[0].name",
            "RFC 1123 subdomain"
        ),
        refusal(
            policies: "{templates: [{metadata: {name: a.b}}]}",
            mounts: "{name: a.b, mountPath: /data}",
            path: "spec.volumeClaimPolicies[0].template[0].name",
            "RFC 1123 label"
        ),
        refusal(
            policies: "{templates: [{metadata: {name: \(String(repeating: "d", count: 61))}}]}",
            mounts: "{name: \(String(repeating: "d", count: 61)), mountPath: /data}",
            path: "spec.volumeClaimPolicies[0].template[0].name",
            "VolumeClaimPolicies template name is too long"
        ),
        refusal(
            policies: "{templates: [{metadata: {name: data, labels: {a b: c}}}]}",
            path: "spec.volumeClaimPolicies[0].templates[0].metadata.labels[a b]",
            "name part must consist"
        ),
        refusal(
            policies: "{templates: [{metadata: {name: data}}, {metadata: {name: other}}]}",
            path: "spec.replicatedJobs",
            "replicatedJob containers don't have a matching volumeMount: other from VolumeClaimPolicies",
            line: 7
        ),
        refusal(
            policies: "{templates: [{metadata: {name: data, namespace: other}}]}",
            path: "spec.volumeClaimPolicies[0]",
            "namespace cannot be set for VolumeClaimPolicies templates"
        ),
        refusal(
            policies: Array(repeating: "{templates: []}", count: 51).joined(separator: ", "),
            mounts: "",
            path: "spec.volumeClaimPolicies",
            "Too many: 51: must have at most 50 items"
        ),
        refusal(
            policies: "{templates: [{metadata: {name: data}, spec: {volumeName: v}}]}",
            path: "spec.volumeClaimPolicies[0].templates[0].spec.volumeName",
            "not supported: a claim is a folder"
        ),
        refusal(
            policies: "{templates: [{metadata: {name: data}, spec: {volumeMode: Block}}]}",
            path: "spec.volumeClaimPolicies[0].templates[0].spec.volumeMode",
            "a claim is a folder; use Filesystem"
        ),
        refusal(
            policies: "{templates: [{metadata: {name: data}}], retentionPolicy: {whenDeleted: Keep}}",
            path: "spec.volumeClaimPolicies[0].retentionPolicy.whenDeleted",
            "Unsupported value: \"Keep\": supported values: \"Delete\", \"Retain\""
        ),
    ]
}
