/// Presets for TPUs, Gaudi and Trainium.
extension LabelPreset {
    static let tpuV5eText = #"""
        # The island is the slice, which only Google's metadata server knows. A service writes its `tpu-env` attribute to
        # /etc/atoll/tpu-env at boot; where there is a GKE node pool, /etc/atoll/gke-nodepool may hold its name instead.
        - key: cloud.google.com/gke-nodepool
          from: {envFile: {path: /etc/atoll/tpu-env, key: NODE_ID}}
        - key: cloud.google.com/gke-nodepool
          from: {file: /etc/atoll/gke-nodepool}
        - key: cloud.google.com/gke-tpu-topology
          from: {envFile: {path: /etc/atoll/tpu-env, key: TOPOLOGY}}
          match: '^(?<value>\d+x\d+(x\d+)?)$'
        - key: cloud.google.com/gke-tpu-accelerator
          from: {device: kind}
          match: '^google-tpu-(v4|v5e|v5p|v6e)$'
          map: {v4: tpu-v4-podslice, v5e: tpu-v5-lite-podslice, v5p: tpu-v5p-slice, v6e: tpu-v6e-slice}
        # Position in the slice.
        - key: atoll.dev/tpu-worker-id
          from: {envFile: {path: /etc/atoll/tpu-env, key: TPU_WORKER_ID}}
          match: '^\d+$'
        - key: atoll.dev/tpu-worker-id
          from: {envFile: {path: /etc/atoll/tpu-env, key: WORKER_ID}}
          match: '^\d+$'
        """#

    static let gaudi3Text = #"""
        # The links between the cards end at the box, so each host is an island, by its name as with dgx-h100. The Ethernet
        # leaf that makes a bigger one is in no file of the kernel: the operator writes /etc/atoll/location.json, as in
        #
        #     {"leaf": "leaf-7"}
        - key: atoll.dev/island
          from: {label: kubernetes.io/hostname}
        - key: topology.kubernetes.io/block
          from: {jsonFile: {path: /etc/atoll/location.json, pointer: /leaf}}
        # Where a card sits on the baseboard, which does not follow its address.
        - key: atoll.dev/oam-slot
          scope: device
          from: {sysfs: "bus/pci/devices/{pci}/module_id"}
          match: '^[0-7]$'
        - key: atoll.dev/accelerator-model
          from: {device: kind}
          match: '^intel-(?<value>gaudi\d*)$'
        """#

    static let trn2UltraServerText = #"""
        # The island is the UltraServer, by the key of SageMaker HyperPod. The driver names it once the hosts have found
        # each other; four of them come before two. A host that is alone is in none.
        - key: topology.k8s.aws/ultraserver-id
          from: {sysfs: "class/neuron_device/server_id_{4,2}"}
          match: '^[0-9a-f]{16}$'
          reduce: first
        - key: atoll.dev/ultraserver-node
          from: {sysfs: "class/neuron_device/node_id_{4,2}"}
          match: '^[0-3]$'
          reduce: first
        """#
}
