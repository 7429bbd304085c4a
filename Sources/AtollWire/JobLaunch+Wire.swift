// Mirrors JobLaunch in proto/atoll/v1/assignment.proto; its parts have files of their own.
import AtollModel
import CAtollWire

extension JobLaunch: WireValue {
    static func clear(_ c: UnsafeMutablePointer<Atoll__V1__JobLaunch>) { atoll__v1__job_launch__init(c) }

    func write(to c: inout Atoll__V1__JobLaunch, in arena: borrowing WireArena) {
        c.job = job.rawValue
        c.job_set = arena.message(jobSet)
        c.job_set_uid = arena.text(jobSetUID.text)
        c.job_name = arena.text(jobName)
        c.replicated_job = arena.text(replicatedJob)
        c.job_index = jobIndex
        c.replicas = replicas
        c.pod_count = podCount
        c.indexed = indexed ? 1 : 0
        c.world_size = worldSize
        c.first_rank = firstRank
        c.master_name = arena.text(masterName)
        c.subdomain = arena.text(subdomain)
        c.host_network = hostNetwork ? 1 : 0
        c.termination_grace_ns = terminationGrace.nanoseconds
        (c.n_labels, c.labels) = arena.labels(labels)
        (c.n_annotations, c.annotations) = arena.labels(annotations)
        c.device_vendor = deviceVendor?.wire ?? ATOLL__V1__DEVICE__VENDOR__UNSPECIFIED
        // What it is for a release that does not send it.
        if restartPolicy != .never { c.restart_policy = restartPolicy.wire }
        c.restarts_max = restartsMax
        (c.n_volumes, c.volumes) = arena.messages(volumes)
        (c.n_init_containers, c.init_containers) = arena.messages(initContainers)
        (c.n_containers, c.containers) = arena.messages(containers)
    }

    init(wire c: Atoll__V1__JobLaunch) throws(WireError) {
        let read = FieldReader("JobLaunch")
        let hasVendor = c.device_vendor != ATOLL__V1__DEVICE__VENDOR__UNSPECIFIED
        self.init(
            job: JobID(rawValue: c.job),
            jobSet: try read.message(c.job_set, "job_set"),
            jobSetUID: ObjectUID(try read.text(c.job_set_uid, "job_set_uid")),
            jobName: try read.text(c.job_name, "job_name"),
            replicatedJob: try read.text(c.replicated_job, "replicated_job"),
            jobIndex: c.job_index,
            replicas: c.replicas,
            podCount: c.pod_count,
            indexed: c.indexed != 0,
            worldSize: c.world_size,
            firstRank: c.first_rank,
            masterName: try read.text(c.master_name, "master_name"),
            subdomain: try read.text(c.subdomain, "subdomain"),
            hostNetwork: c.host_network != 0,
            terminationGrace: try read.duration(c.termination_grace_ns, "termination_grace_ns"),
            labels: try read.labels(c.labels, c.n_labels),
            annotations: try read.labels(c.annotations, c.n_annotations),
            deviceVendor: hasVendor ? try read.choice(c.device_vendor, "device_vendor") : nil,
            restartPolicy: try RestartPolicy(wire: c.restart_policy, read) ?? .never,
            restartsMax: c.restarts_max,
            volumes: try read.messages(c.volumes, c.n_volumes),
            initContainers: try read.messages(c.init_containers, c.n_init_containers),
            containers: try read.messages(c.containers, c.n_containers)
        )
    }
}
