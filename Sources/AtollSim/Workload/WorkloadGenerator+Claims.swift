import AtollJobSet
import AtollModel

/// Draws claims that pods of a JobSet share.
extension WorkloadGenerator {
    func addClaims(to spec: inout JobSetSpec, _ chance: inout Chance) {
        guard chance.percent(30) else { return }
        for number in 0...chance.int(0...1) {
            let template = VolumeClaimTemplate(name: "c\(number)")
            let whenDeleted = chance.percent(50) ? VolumeClaimPolicy.Retention.delete : .retain
            spec.volumeClaimPolicies.append(VolumeClaimPolicy(templates: [template], whenDeleted: whenDeleted))
            let mount = VolumeMount(volume: template.name, path: "/\(template.name)")
            let always = chance.int(0...spec.replicatedJobs.count - 1)
            for job in spec.replicatedJobs.indices where job == always || chance.percent(50) {
                spec.replicatedJobs[job].template.pod.containers[0].spec.mounts.append(mount)
            }
        }
    }
}
