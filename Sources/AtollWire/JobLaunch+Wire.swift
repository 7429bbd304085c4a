// Mirrors JobLaunch and its parts in proto/atoll/v1/assignment.proto.
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
            containers: try read.messages(c.containers, c.n_containers)
        )
    }
}

extension ContainerSpec: WireValue {
    static func clear(_ c: UnsafeMutablePointer<Atoll__V1__ContainerSpec>) { atoll__v1__container_spec__init(c) }

    func write(to c: inout Atoll__V1__ContainerSpec, in arena: borrowing WireArena) {
        c.name = arena.text(name)
        (c.n_command, c.command) = arena.texts(command)
        (c.n_args, c.args) = arena.texts(args)
        (c.n_env, c.env) = arena.messages(env)
        c.working_directory = arena.text(workingDirectory)
    }

    init(wire c: Atoll__V1__ContainerSpec) throws(WireError) {
        let read = FieldReader("ContainerSpec")
        self.init(
            name: try read.text(c.name, "name"),
            command: try read.texts(c.command, c.n_command, "command"),
            args: try read.texts(c.args, c.n_args, "args"),
            env: try read.messages(c.env, c.n_env),
            workingDirectory: try read.text(c.working_directory, "working_directory")
        )
    }
}

extension EnvironmentVariable: WireValue {
    static func clear(_ c: UnsafeMutablePointer<Atoll__V1__EnvironmentVariable>) {
        atoll__v1__environment_variable__init(c)
    }

    func write(to c: inout Atoll__V1__EnvironmentVariable, in arena: borrowing WireArena) {
        c.name = arena.text(name)
        switch source {
        case .value(let value):
            c.source_case = ATOLL__V1__ENVIRONMENT_VARIABLE__SOURCE_VALUE
            c.value = arena.text(value)
        case .field(let path):
            c.source_case = ATOLL__V1__ENVIRONMENT_VARIABLE__SOURCE_FIELD_PATH
            c.field_path = arena.text(path)
        }
    }

    init(wire c: Atoll__V1__EnvironmentVariable) throws(WireError) {
        let read = FieldReader("EnvironmentVariable")
        let source: Source =
            switch c.source_case {
            case ATOLL__V1__ENVIRONMENT_VARIABLE__SOURCE_VALUE: .value(try read.text(c.value, "value"))
            case ATOLL__V1__ENVIRONMENT_VARIABLE__SOURCE_FIELD_PATH:
                .field(path: try read.text(c.field_path, "field_path"))
            default: throw read.missing("source")
            }
        self.init(name: try read.text(c.name, "name"), source: source)
    }
}
