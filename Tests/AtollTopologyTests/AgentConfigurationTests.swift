import AtollModel
import Testing

@testable import AtollTopology

struct AgentConfigurationTests {
    private func parse(_ text: String) throws(TopologyError) -> AgentConfiguration {
        try AgentConfiguration.parse(text, file: "agent.yaml")
    }

    @Test func `every key is read`() throws {
        let configuration = try parse(
            """
            coordinator: [atoll.example:7700, "[::1]:7701"]
            host: rack07-n12
            address: 10.0.0.7
            stateDirectory: /var/lib/atoll
            podLease: 5m
            volumeClaims: /mnt/shared/atoll
            labels:
            - key: rack
              from: {envFile: {path: /etc/atoll/env, key: RACK}}
              match: '(\\d+)'
              map: {7: seven}
              format: "r{value}"
              reduce: first
              reject: [0]
              optional: false
            - key: slot
              from: {sysfs: "/sys/bus/pci/devices/{pci}/module_id"}
              scope: device
              when: {accelerator: "intel-*", dmi: {sys_vendor: ^Super}, file: /etc/x}
            - key: leaf
              from: {jsonFile: {path: /etc/x.json, pointer: "/{label:rack}"}}
              maxAge: 3m
            - {key: zone, from: {const: a}}
            preset: [dgx-h100, dmi-asset-tag]
            """
        )
        #expect(configuration.coordinators.map(\.description) == ["atoll.example:7700", "[::1]:7701"])
        #expect(configuration.host == HostID("rack07-n12"))
        #expect(configuration.address == "10.0.0.7")
        #expect(configuration.stateDirectory == "/var/lib/atoll")
        #expect(configuration.podLease == .seconds(300))
        #expect(configuration.volumeClaims == "/mnt/shared/atoll")
        #expect(
            configuration.labels.own == [
                LabelRule(
                    key: "rack",
                    source: .envFile(path: "etc/atoll/env", key: "RACK"),
                    match: #"(\d+)"#,
                    map: ["7": "seven"],
                    format: "r{value}",
                    reduce: .first,
                    reject: ["0"],
                    isOptional: false,
                    line: 8
                ),
                LabelRule(
                    key: "slot",
                    source: .sysfs("bus/pci/devices/{pci}/module_id"),
                    isOptional: true,
                    scope: .device,
                    when: LabelGuard(accelerator: "intel-*", dmi: ["sys_vendor": "^Super"], file: "etc/x"),
                    line: 16
                ),
                LabelRule(
                    key: "leaf",
                    source: .jsonFile(path: "etc/x.json", pointer: "/{label:rack}"),
                    maxAge: .seconds(180),
                    line: 20
                ),
                LabelRule(key: "zone", source: .const("a"), line: 23),
            ]
        )
        #expect(configuration.labels.presets == .named([.dgxH100, .dmiAssetTag]))
    }

    @Test func `an empty file and no file give the defaults`() throws {
        #expect(try parse("# nothing\n") == AgentConfiguration())
        #expect(try AgentConfiguration.read(root: TemporaryFolder().path) == AgentConfiguration())
    }

    @Test(
        arguments: [
            ("proc: /proc/cmdline", .proc("cmdline")), ("proc: cmdline", .proc("cmdline")),
            ("devicetree: model", .deviceTree("model")), ("devicetree: /proc/device-tree/model", .deviceTree("model")),
            ("machineID: true", .machineID), ("computed: numa_count", .computed(.numaCount)),
            ("label: a/b", .label("a/b")),
            ("device: uniqueId", .device(.uniqueID)), ("sysfs: /sys/a", .sysfs("a")), ("file: /a", .file("a")),
        ] as [(String, LabelSource)]
    )
    func `every source is read`(text: String, source: LabelSource) throws {
        #expect(try parse("labels:\n- {key: a, from: {\(text)}}").labels.own.map(\.source) == [source])
    }

    @Test(
        arguments: [
            ("host: a", .found), ("labels: []", .named([])), ("labels: []\npreset: auto", .found),
            ("preset: tpu-v5e", .named([.tpuV5e])), ("preset: []", .named([])),
        ] as [(String, LabelRules.Presets)]
    )
    func `presets are chosen unless rules or presets are configured`(text: String, presets: LabelRules.Presets) throws {
        #expect(try parse(text).labels.presets == presets)
    }

    @Test func `a file that cannot be read is an error`() throws {
        let folder = try TemporaryFolder(["etc/atoll/agent.yaml/folder": ""])
        let error = #expect(throws: TopologyError.self) { try AgentConfiguration.read(root: folder.path) }
        #expect(error?.description == "/etc/atoll/agent.yaml: cannot be read: Is a directory")
    }

    @Test(arguments: [
        (
            "host: a\ncordinator: x:1",
            "agent.yaml:2: unknown key `cordinator` in the configuration: did you mean `coordinator`?"
        ),
        ("coordinator: atoll", "agent.yaml:1: coordinator must be HOST:PORT, or [ADDRESS]:PORT for IPv6"),
        ("coordinator: \"::1:70\"", "agent.yaml:1: coordinator must be HOST:PORT, or [ADDRESS]:PORT for IPv6"),
        (
            "host: Big_Name",
            "agent.yaml:1: host `Big_Name` is not a DNS name: use lower-case letters, digits, `-` and `.`"
        ),
        ("stateDirectory: state", "agent.yaml:1: stateDirectory must be an absolute path"),
        ("volumeClaims: shared", "agent.yaml:1: volumeClaims must be an absolute path"),
        ("podLease: 9s", "agent.yaml:1: podLease `9s` is no time between 10s and 24h, such as 90s, 5m or 1h"),
        ("podLease: 60", "agent.yaml:1: podLease `60` is no time between 10s and 24h, such as 90s, 5m or 1h"),
        ("podLease: 25h", "agent.yaml:1: podLease `25h` is no time between 10s and 24h, such as 90s, 5m or 1h"),
        ("- a", "agent.yaml:1: the configuration must be a mapping"),
        ("labels: {}", "agent.yaml:1: `labels` must be a list"),
        ("labels:\n- from: {const: a}", "agent.yaml:2: label rule 1 needs `key`"),
        ("labels:\n- key: a", "agent.yaml:2: label rule 1 needs `from`"),
        (
            "labels:\n- key: a b\n  from: {const: a}",
            "agent.yaml:2: `a b` is not a label key: use letters, digits, `-`, `_`, `.` and one `/`"
        ),
        (
            "labels:\n- {key: kubernetes.io/hostname, from: {const: a}}",
            "agent.yaml:2: label kubernetes.io/hostname is always the host's name: set `host` instead"
        ),
        (
            "labels:\n- key: a\n  from: {const: a, dmi: b}",
            "agent.yaml:3: `from` takes exactly one source: sysfs, proc, devicetree, file, envFile, jsonFile, hostname, "
                + "machineID, const, dmi, computed, label, device"
        ),
        ("labels:\n- key: a\n  from: {file: etc/x}", "agent.yaml:3: `etc/x` must be an absolute path"),
        ("labels:\n- key: a\n  from: {hostname: false}", "agent.yaml:3: write `hostname: true`"),
        (
            "labels:\n- key: a\n  from: {sysfs: a/../b}",
            "agent.yaml:2: label rule 1 (a): bad path: `..` is not allowed in a path"
        ),
        (
            "labels:\n- key: a\n  from: {const: a}\n  reduce: all",
            "agent.yaml:4: `all` is not a way to reduce: use one of allEqual, first, uniqueJoin, count, min, max"
        ),
        (
            "labels:\n- key: a\n  from: {sysfs: a}\n  scope: gpu",
            "agent.yaml:4: `gpu` is not a scope: use one of host, device"
        ),
        (
            "labels:\n- key: a\n  from: {sysfs: \"a/{pci}\"}",
            "agent.yaml:2: label rule 1 (a): {pci} in a path needs `scope: device`"
        ),
        (
            "labels:\n- key: a\n  from: {hostname: true}\n  format: \"{pci}\"",
            "agent.yaml:2: label rule 1 (a): {pci} needs `scope: device`"
        ),
        (
            "labels:\n- key: a\n  from: {file: /x}\n  maxAge: soon",
            "agent.yaml:4: `maxAge` must be a time such as 90s, 3m, 1h or 2d, not `soon`"
        ),
        (
            "labels:\n- key: a\n  from: {sysfs: x}\n  maxAge: 3m",
            "agent.yaml:2: label rule 1 (a): `maxAge` needs a source that is a file: file, envFile or jsonFile"
        ),
        (
            "labels:\n- key: a\n  from: {sysfs: x}\n  when: {dni: {sys_vendor: x}}",
            "agent.yaml:4: unknown key `dni` in `when` of label rule 1: did you mean `dmi`?"
        ),
        (
            "labels:\n- key: a\n  from: {sysfs: x}\n  when: {dmi: {../x: x}}",
            "agent.yaml:2: label rule 1 (a): `../x` is no field of DMI"
        ),
        (
            "labels:\n- key: a\n  from: {sysfs: x}\n  when: {accelerator: \"a[\"}",
            "agent.yaml:2: label rule 1 (a): bad glob: `[` without `]`"
        ),
        (
            "labels:\n- key: a\n  from: {jsonFile: {path: /x, pointer: leaf}}",
            "agent.yaml:2: label rule 1 (a): `leaf` is no JSON pointer: write /KEY/KEY, with `~0` for `~` and `~1` for `/` "
                + "in a key"
        ),
        (
            "labels:\n- key: a\n  from: {jsonFile: {path: /x, pointer: \"/{value}\"}}",
            "agent.yaml:2: label rule 1 (a): unknown variable {value}: use {hostname}, {machine-id}, {label:KEY}"
        ),
        (
            "labels:\n- key: a\n  from: {computed: gpu_count}",
            "agent.yaml:3: `gpu_count` is not computed: use one of accelerator_count, schedulable_count, numa_count, "
                + "nvswitch_count, nic_count, hive_id, sys_image_guid, subnet_prefix"
        ),
        (
            "preset:\n- tpu-v5e\n- tpu-v6e",
            "agent.yaml:3: `tpu-v6e` is not a preset: use auto, or some of static-file, infiniband-leaf, gb200-nvl72, "
                + "dgx-h100, mi300x, tpu-v5e, gaudi3, trn2-ultraserver, dmi-asset-tag"
        ),
        (
            "preset: [gaudi3, gaudi3]",
            "agent.yaml:1: `gaudi3` is there twice: use auto, or some of static-file, infiniband-leaf, gb200-nvl72, "
                + "dgx-h100, mi300x, tpu-v5e, gaudi3, trn2-ultraserver, dmi-asset-tag"
        ),
        ("labels:\n- key: a\n  from: {const: a}\n  optional: 1", "agent.yaml:4: `optional` must be true or false"),
        ("a: 1\n---\nb: 2", "agent.yaml:3: holds more than one document"),
    ])
    func `errors name the line and the remedy`(text: String, message: String) {
        let error = #expect(throws: TopologyError.self) { try parse(text) }
        #expect(error?.description == message)
    }

    @Test func `a bad regular expression is refused with its rule`() {
        let error = #expect(throws: TopologyError.self) {
            try parse("labels:\n- key: a\n  from: {const: x}\n  match: '(?<value>['")
        }
        #expect(error?.line == 2)
        #expect(error?.message.hasPrefix("label rule 1 (a): bad regular expression `(?<value>[`") == true)
    }

    @Test func `text that is no YAML is refused with its line`() {
        let error = #expect(throws: TopologyError.self) { try parse("a: 1\nb: [") }
        #expect((error?.line ?? 0) >= 2)
    }
}
