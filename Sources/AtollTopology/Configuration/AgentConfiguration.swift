public import AtollModel

/// The agent's configuration file, `/etc/atoll/agent.yaml`. Every key is optional; unknown keys are refused.
///
/// | key | value | default |
/// |---|---|---|
/// | `coordinator` | `HOST:PORT`, or a list of them, tried in order; IPv6 addresses in brackets | none |
/// | `host` | the host's unique name in the cluster, a DNS-1123 subdomain | the kernel's host name |
/// | `address` | the IP address by which pods of other hosts reach this one | decided by the agent |
/// | `stateDirectory` | absolute path of the folder for what must outlive the agent | decided by the agent |
/// | `podLease` | how long after a coordinator's last answer the pods end by themselves: `90s`, `5m` or `1h` | they run on |
/// | `volumeClaims` | absolute path of the folder of all volume claims, which exists | pods can have none |
/// | `labels` | a list of rules, see `LabelRule`; they come before those of presets | no rules |
/// | `preset` | a `LabelPreset` or a list of them; `auto`: all that apply to the host | `auto` without `labels`, else none |
///
/// A rule is a mapping:
///
/// | key | value | default |
/// |---|---|---|
/// | `key` | the label's key | required |
/// | `from` | one source, see below | required |
/// | `match` | regular expression with a group `value`, or whose first group counts | the whole input |
/// | `map` | mapping from values to values | none |
/// | `format` | text with `{value}`, `{hostname}`, `{machine-id}`, `{label:KEY}`, `{pci}`, `{GROUP}` | `"{value}"` |
/// | `reduce` | `allEqual`, `first`, `uniqueJoin`, `count`, `min` or `max` | `allEqual` |
/// | `reject` | list of inputs that count as missing | none |
/// | `optional` | `false` makes its absence a finding | `true` |
/// | `scope` | `host`, or `device` for a label of each accelerator, with `{pci}` in paths and texts | `host` |
/// | `when` | what the host must have: `accelerator: GLOB`, `dmi: {FIELD: REGEX}`, `file: PATH` | any host |
/// | `maxAge` | `90s`, `3m`, `1h`, `2d`: files that are older count as missing | no limit |
///
/// A source is one of `sysfs: PATH` (below `/sys`), `proc: PATH`, `devicetree: PATH`, `file: PATH`,
/// `envFile: {path: PATH, key: KEY}`, `jsonFile: {path: PATH, pointer: POINTER}`, `hostname: true`, `machineID: true`,
/// `const: TEXT`, `dmi: FIELD`, `computed: NAME` (`ComputedFact`), `label: KEY` and `device: FIELD` (`DeviceField`).
public struct AgentConfiguration: Equatable, Sendable {
    /// Where the coordinators listen, in the order in which they are tried.
    public var coordinators: [CoordinatorAddress] = []
    public var host: HostID?
    public var address: String?
    public var stateDirectory: String?
    public var podLease: Duration?
    public var volumeClaims: String?
    public var labels = LabelRules()

    /// What an empty file gives.
    public init() {}

    /// Where the file is, relative to the root.
    public static let path = "etc/atoll/agent.yaml"
}

/// A host, by name or IP address, and a TCP port.
public struct CoordinatorAddress: Hashable, Sendable, CustomStringConvertible {
    /// A name, or an IP address without brackets.
    public var host: String
    public var port: UInt16

    public init(host: String, port: UInt16) {
        self.host = host
        self.port = port
    }

    /// Parses `HOST:PORT` or `[IPV6]:PORT`; nil for anything else, port 0 included.
    public init?(_ text: String) {
        guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...]), port > 0 else {
            return nil
        }
        var host = text[..<colon]
        if host.hasPrefix("[") && host.hasSuffix("]") {
            host = host.dropFirst().dropLast()
        } else if host.contains(":") {
            return nil
        }
        if host.isEmpty || host.contains(where: \.isWhitespace) { return nil }
        self.init(host: String(host), port: port)
    }

    public var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}
