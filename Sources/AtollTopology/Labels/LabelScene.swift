import AtollModel

/// The host that rules are run for.
struct LabelHost {
    let tree: HostTree
    let topology: HostTopology
    /// Nil for a saved tree, whose files do not age.
    let now: Timestamp?
}

/// What one rule can see when it is run: the host, the device it is run for, and the labels so far.
struct LabelScene {
    let host: LabelHost
    /// Nil in rules for the host.
    let device: Accelerator?
    let labels: LabelValues
}

/// The labels that rules have given so far, before sanitising: what the sources said is what files are looked up by.
struct LabelValues: Equatable {
    var host = Labels()
    /// By PCI address.
    var devices: SortedMap<String, Labels> = [:]

    /// The device's own label, else the host's.
    func value(of key: String, on device: Accelerator?) -> String? {
        device.flatMap { devices[$0.device.pciAddress]?[key] } ?? host[key]
    }

    mutating func set(_ key: String, _ value: String, on address: String) {
        if address.isEmpty {
            host[key] = value
        } else {
            devices[address] = (devices[address] ?? [:]).merging([key: value])
        }
    }
}

/// Thrown where a rule ends before it has a value.
struct RuleEnd: Error, Equatable {
    var result: LabelResult

    init(_ result: LabelResult) { self.result = result }

    /// For what compiled when the rule was checked and is compiled again for one device.
    static func ifFlawed<Value>(_ body: () throws(LabelProgram.Flaw) -> Value) throws(RuleEnd) -> Value {
        do throws(LabelProgram.Flaw) {
            return try body()
        } catch {
            throw RuleEnd(.invalid(error.message))
        }
    }
}
