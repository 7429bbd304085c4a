import AtollModel

/// Kubernetes' rules for the volumes of pods. Source: ValidateVolumes and ValidateVolumeMounts of
/// pkg/apis/core/validation/validation.go.
extension JobSetRules {
    mutating func checkVolumes(_ pod: PodTemplate, at path: FieldPath) {
        for (index, volume) in pod.volumes.enumerated() {
            let here = path.field("volumes").index(index)
            refuse(here.field("name"), volume.name, NameRules.dns1123Label(volume.name))
            checkSource(volume.source, at: here)
        }
        let templates = spec.volumeClaimPolicies.flatMap(\.templates).map(\.name)
        let names = Set(pod.volumes.map(\.name) + templates)
        for (list, containers) in [("initContainers", pod.initContainers), ("containers", pod.containers)] {
            for (index, container) in containers.enumerated() {
                let mounts = path.field(list).index(index).field("volumeMounts")
                checkMounts(container.spec.mounts, of: names, at: mounts)
            }
        }
    }

    private mutating func checkSource(_ source: PodVolume.Source, at path: FieldPath) {
        switch source {
        case .emptyDirectory: break
        case .hostPath(let host, _): checkAbsolute(host, at: path.field("hostPath", "path"))
        case .claim(let claim):
            let here = path.field("persistentVolumeClaim", "claimName")
            refuse(here, claim.name.name, NameRules.dns1123Subdomain(claim.name.name))
        }
    }

    private mutating func checkMounts(_ mounts: [VolumeMount], of volumes: Set<String>, at path: FieldPath) {
        var paths: Set<String> = []
        for (index, mount) in mounts.enumerated() {
            let here = path.index(index)
            if !volumes.contains(mount.volume) {
                findings.refuse(here.field("name"), "Not found: \"\(mount.volume)\"")
            }
            checkAbsolute(mount.path, at: here.field("mountPath"))
            if mount.path.contains(":") {
                findings.refuse(here.field("mountPath"), value: mount.path, "must not contain ':'")
            }
            if !paths.insert(mount.path).inserted {
                findings.refuse(here.field("mountPath"), value: mount.path, "must be unique")
            }
            checkSubPath(mount.subPath, at: here.field("subPath"))
        }
    }

    /// Kubernetes lets a relative path through, and leaves it to the runtime what that is relative to.
    private mutating func checkAbsolute(_ text: String, at path: FieldPath) {
        if !text.hasPrefix("/") { findings.refuse(path, value: text, "must be an absolute path") }
        checkSteps(text, at: path)
    }

    private mutating func checkSubPath(_ text: String, at path: FieldPath) {
        if text.hasPrefix("/") { findings.refuse(path, value: text, "must be a relative path") }
        checkSteps(text, at: path)
    }

    private mutating func checkSteps(_ text: String, at path: FieldPath) {
        if text.split(separator: "/").contains("..") { findings.refuse(path, value: text, "must not contain '..'") }
        if text.utf8.contains(0) { findings.refuse(path, "must not hold a NUL character") }
    }
}
