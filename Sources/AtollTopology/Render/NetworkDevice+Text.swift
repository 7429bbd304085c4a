extension NetworkDevice {
    /// `InfiniBand`, as makers write it.
    var kindText: String {
        switch kind {
        case .infiniband: "InfiniBand"
        case .roce: "RoCE"
        case .slingshot: "Slingshot"
        case .opa: "Omni-Path"
        case .efa: "EFA"
        case .ethernet: "Ethernet"
        }
    }

    /// Its PCI address; empty where that is its name already, as of a function without driver.
    var addressText: String {
        guard let address = function?.address.description, address != name else { return "" }
        return address
    }

    /// `active 400 Gb/s`, one for each port, which is numbered where there are several.
    var portTexts: [String] {
        ports.map { ports.count == 1 ? $0.text : "port \($0.number) \($0.text)" }
    }

    /// What it is for where that is not the jobs' traffic; nil otherwise.
    var purposeText: String? { isSwitchManagement ? "manages NVSwitches" : nil }
}

extension NetworkPort {
    /// State and rate; a port that is down has a rate that says nothing.
    fileprivate var text: String {
        let word = state.split(separator: ":").last?.trimmed().lowercased() ?? ""
        let state = word.isEmpty ? "state unknown" : word
        guard isActive, !rate.isEmpty else { return state }
        guard let end = rate.firstRange(of: "b/sec") else { return "\(state) \(rate)" }
        return "\(state) \(rate[..<end.lowerBound])b/s"
    }
}
