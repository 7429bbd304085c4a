/// Presets for what operators write down.
extension LabelPreset {
    static let staticFileText = #"""
        # Levels from /etc/atoll/labels, a file of KEY=VALUE lines with any of zone, block, rack and island:
        #
        #     block=b1
        #     rack=r7
        - key: topology.kubernetes.io/zone
          from: {envFile: {path: /etc/atoll/labels, key: zone}}
        - key: topology.kubernetes.io/block
          from: {envFile: {path: /etc/atoll/labels, key: block}}
        # Racks of different blocks may have the same number.
        - key: topology.kubernetes.io/rack
          from: {envFile: {path: /etc/atoll/labels, key: rack}}
          format: "{label:topology.kubernetes.io/block}-{value}"
        - key: topology.kubernetes.io/rack
          from: {envFile: {path: /etc/atoll/labels, key: rack}}
        - key: atoll.dev/island
          from: {envFile: {path: /etc/atoll/labels, key: island}}
        """#

    static let infinibandLeafText = #"""
        # The switch of a port is in no file of the host. Whoever runs ibnetdiscover writes /etc/atoll/ib-leaves.json and
        # copies it to all hosts: from the GUID of a host's card, as sys_image_guid prints it, to its leaf switch. A host
        # with several cards is looked up by all their GUIDs, sorted and joined by `-`, since in a rail-optimised fabric
        # each card has another leaf and the island is the scalable unit:
        #
        #     {"0c42:a103:0065:5c1a": "leaf-3"}
        - key: atoll.dev/hca
          from: {sysfs: "class/infiniband/mlx*/sys_image_guid"}
          reduce: uniqueJoin
        - key: atoll.dev/ib-subnet
          from: {computed: subnet_prefix}
        # The switch tier that is nearest to the host, by the key of topograph.
        - key: fabric.topograph.run/tier-0
          from: {jsonFile: {path: /etc/atoll/ib-leaves.json, pointer: "/{label:atoll.dev/hca}"}}
        """#

    static let dmiAssetTagText = #"""
        # The rack from an asset tag such as R07-U12 in the chassis' or the board's DMI, else from a host name such as
        # r07-n12. Both give R07.
        - key: topology.kubernetes.io/rack
          from: {sysfs: "class/dmi/id/{chassis,board}_asset_tag"}
          match: '^(?<value>R\d{2,3})[-_]U\d{1,2}$'
          reduce: first
        - key: topology.kubernetes.io/rack
          from: {hostname: true}
          match: '^r(?<value>\d{2,3})-'
          format: "R{value}"
        """#
}
