import AtollModel

/// JobSet's rules for `volumeClaimPolicies`, in its order. Source: semantics of a.9.
extension JobSetRules {
    mutating func checkVolumeClaims() {
        checkClaimNames()
        for template in spec.volumeClaimPolicies.flatMap(\.templates) { checkIsMounted(template.name) }
        checkVolumeNames()
    }

    private mutating func checkClaimNames() {
        var names: Set<String> = []
        for (index, policy) in spec.volumeClaimPolicies.enumerated() {
            for (number, template) in policy.templates.enumerated() {
                let metadata = FieldPath("spec", "volumeClaimPolicies").index(index).field("templates").index(number)
                    .field("metadata")
                checkLabels(template.labels, at: metadata.field("labels"))
                checkAnnotations(template.annotations, at: metadata.field("annotations"))
                // JobSet names the field so, in the singular and without `metadata`.
                let path = FieldPath("spec", "volumeClaimPolicies").index(index).field("template").index(number)
                    .field("name")
                checkClaimName(template, isFirst: names.insert(template.name).inserted, at: path)
            }
        }
    }

    private mutating func checkClaimName(_ template: VolumeClaimTemplate, isFirst: Bool, at path: FieldPath) {
        if !isFirst { findings.refuse(path, "names must be unique for VolumeClaimPolicies template") }
        refuse(path, template.name, NameRules.dns1123Subdomain(template.name))
        // It is a volume of the pods as well, and the name of such a one has no dots.
        if template.name.contains(".") { refuse(path, template.name, NameRules.dns1123Label(template.name)) }
        let claim = jobSet.claimName(template).name
        if claim.utf8.count > 63 {
            findings.refuse(path, value: claim, "VolumeClaimPolicies template name is too long")
        }
    }

    private mutating func checkIsMounted(_ name: String) {
        guard !spec.replicatedJobs.contains(where: { $0.template.pod.mounts(name) }) else { return }
        findings.refuse(
            Self.replicatedJobsPath,
            "replicatedJob containers don't have a matching volumeMount: \(name) from VolumeClaimPolicies"
        )
    }

    private mutating func checkVolumeNames() {
        let templates = Set(spec.volumeClaimPolicies.flatMap(\.templates).map(\.name))
        for (index, replicatedJob) in spec.replicatedJobs.enumerated() {
            let volumes = Self.replicatedJobsPath.index(index)
                .field("template", "spec", "template", "spec", "volumes")
            for (number, volume) in replicatedJob.template.pod.volumes.enumerated()
            where templates.contains(volume.name) {
                let message = "volume name conflicts with VolumeClaimPolicy template name: \(volume.name)"
                findings.refuse(volumes.index(number).field("name"), message)
            }
        }
    }
}
