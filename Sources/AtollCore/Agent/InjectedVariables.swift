import AtollModel

/// The variables that Atoll gives every container, in one place. What the manifest sets wins over all of them.
struct InjectedVariables {
    private(set) var pairs: [(name: String, value: String)] = []

    /// - Parameters:
    ///   - work: the pod's own writable folder.
    ///   - downward: the folder with the files of `PodMetadata.files`.
    init(_ plan: PodPlan, container: String, work: String, downward: String) {
        base(plan, container: container, work: work, downward: downward)
        jobSet(plan)
        devices(plan)
        guard plan.launch.indexed else { return }
        completionIndex(plan)
        ranks(plan)
        tpu(plan)
    }

    private mutating func set(_ name: String, _ value: some CustomStringConvertible) {
        pairs.append((name, value.description))
    }

    /// A pod gets nothing of the agent's own environment: what runs does not depend on how the agent was started.
    private mutating func base(_ plan: PodPlan, container: String, work: String, downward: String) {
        // The default of container images and of systemd's services.
        set("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin")
        // Programs keep caches and settings in HOME; the pod's own folder keeps those of one job from the next.
        set("HOME", work)
        // Without it Python and others take output to be ASCII. C.UTF-8 exists on every Debian without locales.
        set("LANG", "C.UTF-8")
        // Kubernetes (kubelet): the pod's host name.
        set("HOSTNAME", plan.launch.hostNetwork ? plan.host.name : PodName(plan).hostName)
        // Ours: which pod a process belongs to, for people.
        set("ATOLL_POD", plan.pod.id)
        // Ours: which of its containers. By it the supervisor finds what one that has ended left behind.
        set(PodEnvironment.containerVariable, container)
        // Ours: labels and annotations as files, since a process has no volume mounts. By it the agent also finds what
        // a lost supervisor has left behind.
        set("ATOLL_DOWNWARD", downward)
    }

    /// `jobset.sigs.k8s.io/job-index: "2"` becomes `JOBSET_JOB_INDEX=2`, `jobset.sigs.k8s.io/jobset-name` becomes
    /// `JOBSET_NAME`. Ours; JobSet itself leaves it to `fieldRef`, which works as well.
    private mutating func jobSet(_ plan: PodPlan) {
        let prefix = "jobset.sigs.k8s.io/"
        for (key, value) in PodMetadata(plan).annotations where key.hasPrefix(prefix) {
            let label = key.dropFirst(prefix.count)
            let short = label.hasPrefix("jobset-") ? label.dropFirst("jobset-".count) : label
            set("JOBSET_" + short.uppercased().map { $0 == "-" ? "_" : String($0) }.joined(), value)
        }
    }

    /// CUDA, ROCm, libtpu, SynapseAI and the others read a list of device indexes.
    private mutating func devices(_ plan: PodPlan) {
        let devices = plan.pod.devices
        if devices.isEmpty {
            // Unset would mean all: a pod that was given no device would take everybody's.
            for vendor in [AcceleratorVendor.nvidia, .amd, .habana] {
                if let name = vendor.visibilityVariable { set(name, "") }
            }
        } else if let vendor = plan.launch.deviceVendor, let name = vendor.visibilityVariable {
            set(name, devices.map(\.description).joined(separator: ","))
            // CUDA counts the fastest first, unless it is told to count as everybody else does.
            if vendor == .nvidia { set("CUDA_DEVICE_ORDER", "PCI_BUS_ID") }
        }
    }

    /// Kubernetes (Job controller).
    private mutating func completionIndex(_ plan: PodPlan) { set("JOB_COMPLETION_INDEX", plan.pod.id.index) }

    private mutating func ranks(_ plan: PodPlan) {
        let rank = UInt64(plan.launch.firstRank) + UInt64(plan.pod.id.index)
        // PyTorch: the `env://` rendezvous of torch.distributed (torch/distributed/rendezvous.py).
        set("MASTER_ADDR", plan.launch.masterName)
        set("MASTER_PORT", 29500)
        set("WORLD_SIZE", plan.launch.worldSize)
        set("RANK", rank)
        // JAX: jax.distributed.initialize reads the first by itself (jax/_src/distributed.py); programs pass it the
        // other two as num_processes and process_id.
        set("JAX_COORDINATOR_ADDRESS", "\(plan.launch.masterName):8476")
        set("JAX_NUM_PROCESSES", plan.launch.worldSize)
        set("JAX_PROCESS_ID", rank)
    }

    /// libtpu and JAX's GKE cluster detection (jax/_src/clusters/cloud_tpu_cluster.py), as GKE's webhook sets them.
    private mutating func tpu(_ plan: PodPlan) {
        let launch = plan.launch
        guard launch.deviceVendor == .google else { return }
        func name(_ job: String, _ index: UInt32) -> String {
            launch.subdomain.isEmpty ? "\(job)-\(index)" : "\(job)-\(index).\(launch.subdomain)"
        }
        set("TPU_WORKER_ID", plan.pod.id.index)
        set("TPU_WORKER_HOSTNAMES", (0..<launch.podCount).map { name(launch.jobName, $0) }.joined(separator: ","))
        // One slice has no other to talk to.
        guard launch.replicas > 1 else { return }
        set("MEGASCALE_COORDINATOR_ADDRESS", name("\(launch.jobSet.name)-\(launch.replicatedJob)-0", 0))
        set("MEGASCALE_NUM_SLICES", launch.replicas)
        set("MEGASCALE_SLICE_ID", launch.jobIndex)
    }
}
