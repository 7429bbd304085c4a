import AtollModel

extension HostGenerator {
    /// `ct5lp-hightpu-4t`: the chips are on the VM's only bus and belong to vfio-pci, one IOMMU group each; beside them
    /// is the gVNIC, which has Google's vendor id too.
    func addTPU(_ tree: inout FileTree) {
        addSystem(
            SystemPlan(
                vendor: "Google",
                product: "Google Compute Engine",
                kernel: "6.1.0-37-cloud-amd64",
                numaNodes: 1,
                cpusPerNode: 112,
                memoryGiB: 192
            ),
            to: &tree
        )
        let nic = PCIAddress(bus: 0, device: 4)
        tree.add(
            PCIPlan(
                address: nic,
                bridges: [],
                vendor: 0x1ae0,
                device: 0x0042,
                classCode: 0x020000,
                driver: "gve",
                numaNode: 0
            )
        )
        for chip in 0..<4 {
            let plan = PCIPlan(
                address: PCIAddress(bus: 0, device: UInt8(5 + chip)),
                bridges: [],
                vendor: 0x1ae0,
                device: 0x0063,
                classCode: 0xff0000,
                driver: "vfio-pci",
                numaNode: 0
            )
            tree.add(plan)
            let group = "sys/kernel/iommu_groups/\(chip)"
            tree.link("\(plan.folder)/iommu_group", to: group)
            tree.link("\(group)/devices/\(plan.address)", to: plan.folder)
        }
        addTPUEnvironment(&tree)
    }

    /// What the metadata server's `tpu-env` says, copied to a file at boot.
    private func addTPUEnvironment(_ tree: inout FileTree) {
        let slice = islands[Self.nodePoolKey] ?? "slice-0"
        tree.file(
            "etc/atoll/tpu-env",
            """
            ACCELERATOR_TYPE: 'v5litepod-8'
            TOPOLOGY: '2x4'
            CHIPS_PER_HOST_BOUNDS: '2,2,1'
            NODE_ID: '\(slice)'
            WORKER_ID: '\(workerID)'
            """
        )
        var host = self
        // The slice is in tpu-env already, where the real one is.
        host.islands[Self.nodePoolKey] = nil
        host.addConfiguration(
            #"""
            - key: cloud.google.com/gke-nodepool
              from: {envFile: {path: /etc/atoll/tpu-env, key: NODE_ID}}
            - key: cloud.google.com/gke-nodepool
              from: {envFile: {path: /etc/atoll/tpu-env, key: NODEPOOL}}
            - key: cloud.google.com/gke-tpu-accelerator
              from: {sysfs: "bus/pci/drivers/vfio-pci/*:*/device"}
              map: {"0x0063": tpu-v5-lite-podslice}
            - key: cloud.google.com/gke-tpu-topology
              from: {envFile: {path: /etc/atoll/tpu-env, key: TOPOLOGY}}
              match: '^(?<value>\d+x\d+(x\d+)?)$'
            - key: tpu-worker-id
              from: {envFile: {path: /etc/atoll/tpu-env, key: WORKER_ID}}
              match: '^(?<value>\d+)$'
            """#,
            to: &tree
        )
    }

    private static let nodePoolKey = "cloud.google.com/gke-nodepool"
}
