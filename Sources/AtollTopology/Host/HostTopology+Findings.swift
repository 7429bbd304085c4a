import AtollModel

/// What a host's own values say is wrong with its devices, links and ports.
extension HostTopology {
    var judged: [Finding] {
        var findings = Findings()
        for entry in accelerators { Self.judge(entry, &findings) }
        judgeLinks(&findings)
        judgePorts(&findings)
        for address in silentSwitches {
            findings.add(.error, .deviceUnusable, subject: address, "does not answer: its PCI ids read as zeros")
        }
        return findings.all
    }

    private static func judge(_ entry: Accelerator, _ findings: inout Findings) {
        let device = entry.device
        if !entry.complaint.isEmpty {
            findings.add(.error, .deviceUnusable, subject: device.pciAddress, "\(device.model) \(entry.complaint)")
        } else if entry.isKnown && entry.function != nil && device.driver.isEmpty {
            findings.add(.warning, .deviceUnusable, subject: device.pciAddress, "\(device.model) has no driver")
        }
    }

    // MARK: Links

    private func judgeLinks(_ findings: inout Findings) {
        for entry in accelerators {
            guard let function = entry.function else { continue }
            Self.judge(function, entry.device.model, entry.health, &findings)
        }
        for device in networkDevices where !device.isSwitchManagement {
            guard let function = device.function else { continue }
            Self.judge(function, device.name, device.health, &findings)
        }
        for bridge in bridges { Self.judge(bridge, "PCI switch", DeviceHealth(), &findings) }
    }

    private static func judge(
        _ function: PCIFunction,
        _ name: String,
        _ health: DeviceHealth,
        _ findings: inout Findings
    ) {
        let address = function.address.description
        if let link = function.link, link.isNarrowed {
            let message = "\(name) has \(link.width) of \(link.widthMax) PCI Express lanes"
            findings.add(.warning, .linkNarrowed, subject: address, message)
        }
        if let count = health.fatalLinkErrors, count > 0 {
            findings.add(.error, .linkErrors, subject: address, "\(name) has had \(count) fatal PCI Express errors")
        }
        if let count = health.nonFatalLinkErrors, count > 0 {
            findings.add(
                .warning,
                .linkErrors,
                subject: address,
                "\(name) has had \(count) non-fatal PCI Express errors"
            )
        }
    }

    // MARK: Ports

    /// A port that is down tells something where most of its like are up: hosts have many that nobody has cabled.
    private func judgePorts(_ findings: inout Findings) {
        for device in networkDevices where device.hasFabric {
            for port in device.ports where !port.isActive {
                let likes = networkDevices.filter(device.isLike).flatMap(\.ports).filter { $0.number == port.number }
                let up = likes.count { $0.isActive }
                guard up * 2 > likes.count else { continue }
                let message = "port \(port.number) of \(device.name) is \(port.state), and \(up) of its like are up"
                findings.add(.warning, .portDown, subject: "\(device.name)/\(port.number)", message)
            }
        }
    }
}

extension NetworkDevice {
    /// Whether its ports lead to a fabric that jobs use.
    fileprivate var hasFabric: Bool { isForJobs && !ports.isEmpty }

    /// The same function of a card of the same model, so that second ports, which often have no cable, and cards for
    /// storage are compared among themselves.
    fileprivate func isLike(_ other: NetworkDevice) -> Bool {
        hasFabric && other.hasFabric && kind == other.kind && hcaType == other.hcaType
            && function?.vendor == other.function?.vendor && function?.device == other.function?.device
            && function?.address.function == other.function?.address.function
    }
}
