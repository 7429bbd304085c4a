import AtollYAML

/// A rule set that is shipped with the agent, for machines that are built alike everywhere.
///
/// The order of the cases is the order of their rules: what an operator wrote down comes before what hardware says, and
/// that before what names and asset tags suggest. The first rule that gives a key a value wins, across presets as
/// within one.
public enum LabelPreset: String, CaseIterable, Equatable, Sendable {
    case staticFile = "static-file"
    case infinibandLeaf = "infiniband-leaf"
    case gb200NVL72 = "gb200-nvl72"
    case dgxH100 = "dgx-h100"
    case mi300x
    case tpuV5e = "tpu-v5e"
    case gaudi3
    case trn2UltraServer = "trn2-ultraserver"
    case dmiAssetTag = "dmi-asset-tag"

    /// The rules as an operator would write them, with comments that say what they need.
    public var text: String {
        switch self {
        case .staticFile: Self.staticFileText
        case .infinibandLeaf: Self.infinibandLeafText
        case .gb200NVL72: Self.gb200NVL72Text
        case .dgxH100: Self.dgxH100Text
        case .mi300x: Self.mi300xText
        case .tpuV5e: Self.tpuV5eText
        case .gaudi3: Self.gaudi3Text
        case .trn2UltraServer: Self.trn2UltraServerText
        case .dmiAssetTag: Self.dmiAssetTagText
        }
    }

    /// The hosts that it is chosen for where nothing is configured.
    var when: LabelGuard {
        switch self {
        case .staticFile: LabelGuard(file: "etc/atoll/labels")
        case .infinibandLeaf: LabelGuard(file: "etc/atoll/ib-leaves.json")
        case .gb200NVL72: LabelGuard(accelerator: "nvidia-gb[23]00*")
        // All whose NVLink ends at the host: no Grace.
        case .dgxH100: LabelGuard(accelerator: "nvidia-[!g]*")
        case .mi300x: LabelGuard(accelerator: "amd-mi*")
        case .tpuV5e: LabelGuard(accelerator: "google-tpu-*")
        case .gaudi3: LabelGuard(accelerator: "intel-gaudi*")
        case .trn2UltraServer: LabelGuard(accelerator: "aws-trainium*")
        case .dmiAssetTag: LabelGuard(file: "sys/class/dmi/id/{chassis,board}_asset_tag")
        }
    }

    func applies(to host: LabelHost) -> Bool {
        do {
            return try LabelGuardProgram(when, scope: .host).objection(host, nil) == nil
        } catch {
            // What cannot be looked at is no reason to leave it out: its rules say what is wrong.
            return true
        }
    }

    /// Not compiled: a test has done that.
    var rules: [LabelRule] {
        do {
            let list = try YAMLNode.parse(text).first?.items ?? []
            return try list.enumerated().map { index, node in
                var rule = try LabelRule(node, number: index + 1, file: rawValue)
                rule.preset = rawValue
                // Lines are of the agent's file, and this is none.
                rule.line = 0
                return rule
            }
        } catch {
            preconditionFailure("preset \(rawValue) is flawed: \(error)")
        }
    }
}
