/// Presets for hosts with GPUs.
extension LabelPreset {
    static let dgxH100Text = #"""
        # NVLink ends at the host, so each host is an island. It is named by the host's name and not by its machine id,
        # which hosts that were installed from one image may share.
        - key: atoll.dev/island
          from: {label: kubernetes.io/hostname}
        # Scalable unit and rack from an asset tag such as SU01-R07, else the unit from a host name such as dgx-su01-n3.
        - key: topology.kubernetes.io/block
          from: {dmi: chassis_asset_tag}
          match: '^(?<value>SU\d{2})-R\d{2}$'
        - key: topology.kubernetes.io/block
          from: {hostname: true}
          match: '^dgx-su(?<value>\d{2})-'
          format: "SU{value}"
        - key: topology.kubernetes.io/rack
          from: {dmi: chassis_asset_tag}
          match: '^SU\d{2}-R\d{2}$'
        # 6 in an HGX A100, 4 in an HGX H100; none is visible with B200.
        - key: atoll.dev/nvswitches
          from: {computed: nvswitch_count}
        """#

    static let gb200NVL72Text = #"""
        # The island is the NVLink clique, which no file of the kernel names. A service of root asks NVML every minute and,
        # as long as the fabric's state is `completed`, writes /run/atoll/nvidia-fabric:
        #
        #     cluster_uuid=5d5e3f0a-0000-4000-8000-0123456789ab
        #     clique_id=32766
        #     chassis_serial=1820000000001
        #
        # A file that is older than three minutes is not believed: the fabric may have been divided anew since.
        - key: atoll.dev/nvlink-domain
          from: {envFile: {path: /run/atoll/nvidia-fabric, key: cluster_uuid}}
          maxAge: 3m
        - key: nvidia.com/gpu.clique
          from: {envFile: {path: /run/atoll/nvidia-fabric, key: clique_id}}
          format: "{label:atoll.dev/nvlink-domain}.{value}"
          maxAge: 3m
          optional: false
        - key: topology.kubernetes.io/rack
          from: {envFile: {path: /run/atoll/nvidia-fabric, key: chassis_serial}}
        """#

    static let mi300xText = #"""
        # XGMI ends at the host, so each host is an island, by its name as with dgx-h100.
        - key: atoll.dev/island
          from: {label: kubernetes.io/hostname}
        # The eight GPUs of an MI300X board are one hive; two would be a fault. Hosts with older GPUs may have several, and
        # so only their devices are labelled. Numbers of up to 65535 are PCI ids of GPUs without a hive, alike everywhere.
        - key: atoll.dev/xgmi-hive
          when: {accelerator: "amd-mi3*"}
          from: {device: hive}
          match: '^[1-9]\d{6,}$'
          format: "{label:kubernetes.io/hostname}-{value}"
        - key: atoll.dev/xgmi-hive
          scope: device
          from: {device: hive}
          match: '^[1-9]\d{6,}$'
        # SPX, DPX, QPX or CPX.
        - key: atoll.dev/partition-mode
          from: {device: computePartition}
        """#
}
