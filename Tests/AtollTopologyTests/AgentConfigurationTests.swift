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
            - {key: zone, from: {const: a}}
            """
        )
        #expect(configuration.coordinators.map(\.description) == ["atoll.example:7700", "[::1]:7701"])
        #expect(configuration.host == HostID("rack07-n12"))
        #expect(configuration.address == "10.0.0.7")
        #expect(configuration.stateDirectory == "/var/lib/atoll")
        #expect(configuration.podLease == .seconds(300))
        #expect(configuration.volumeClaims == "/mnt/shared/atoll")
        #expect(
            configuration.labels == [
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
                LabelRule(key: "zone", source: .const("a"), line: 16),
            ]
        )
    }

    @Test func `an empty file and no file give the defaults`() throws {
        #expect(try parse("# nothing\n") == AgentConfiguration())
        #expect(try AgentConfiguration.read(root: TemporaryFolder().path) == AgentConfiguration())
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
            "agent.yaml:3: `from` takes exactly one source: sysfs, file, envFile, hostname, const, dmi"
        ),
        ("labels:\n- key: a\n  from: {file: etc/x}", "agent.yaml:3: `etc/x` must be an absolute path"),
        ("labels:\n- key: a\n  from: {hostname: false}", "agent.yaml:3: write `hostname: true`"),
        (
            "labels:\n- key: a\n  from: {sysfs: a/../b}",
            "agent.yaml:2: label rule 1 (a): bad path: `..` is not allowed in a path"
        ),
        (
            "labels:\n- key: a\n  from: {const: a}\n  reduce: all",
            "agent.yaml:4: `all` is not a way to reduce: use one of allEqual, first, uniqueJoin"
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
