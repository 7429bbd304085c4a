import AtollModel

extension Findings {
    /// Devices that are there and must not be used, or cannot be.
    mutating func addUnusable(of host: HostTopology) {
        for entry in host.accelerators {
            let device = entry.device
            if !entry.complaint.isEmpty {
                add(.error, .deviceUnusable, subject: device.pciAddress, "\(device.model) \(entry.complaint)")
            } else if entry.isKnown && entry.function != nil && device.driver.isEmpty {
                add(.warning, .deviceUnusable, subject: device.pciAddress, "\(device.model) has no driver")
            }
        }
        for address in host.silentSwitches {
            add(.error, .deviceUnusable, subject: address, "does not answer: its PCI ids read as zeros")
        }
    }

    /// PCI Express links with fewer lanes than both ends have, or with errors.
    mutating func addLinks(of host: HostTopology) {
        for entry in host.accelerators {
            if let function = entry.function { add(function, entry.device.model, entry.health) }
        }
        for device in host.networkDevices where !device.isSwitchManagement {
            if let function = device.function { add(function, device.name, device.health) }
        }
        for bridge in host.bridges { add(bridge, "a PCI switch", DeviceHealth()) }
    }

    private mutating func add(_ function: PCIFunction, _ name: String, _ health: DeviceHealth) {
        let address = function.address.description
        if let link = function.link, link.isNarrowed {
            let lanes = "\(name) has \(link.width) of \(link.widthMax) PCI Express lanes"
            add(.warning, .linkNarrowed, subject: address, lanes)
        }
        if let count = health.fatalLinkErrors, count > 0 {
            add(.error, .linkErrors, subject: address, "\(name) has counted fatal PCI Express errors: \(count)")
        }
        if let count = health.nonFatalLinkErrors, count > 0 {
            add(.warning, .linkErrors, subject: address, "\(name) has counted non-fatal PCI Express errors: \(count)")
        }
    }

    /// Ports that are down where most of their like are up: hosts have many ports that nobody has cabled.
    mutating func addPorts(of host: HostTopology) {
        for device in host.networkDevices where device.isForJobs {
            for port in device.ports where !port.isActive {
                let likes = host.networkDevices.filter(device.isLike).flatMap(\.ports)
                    .filter { $0.number == port.number }
                let up = likes.count { $0.isActive }
                guard up * 2 > likes.count else { continue }
                let state = port.state.isEmpty ? "in no state" : port.state
                let message = "port \(port.number) of \(device.name) is \(state), and \(up) of its like are up"
                add(.warning, .portDown, subject: "\(device.name)/\(port.number)", message)
            }
        }
    }
}

extension NetworkDevice {
    /// The same function of a card of the same model, so that second ports, which often have no cable, and cards for
    /// storage are compared among themselves.
    fileprivate func isLike(_ other: NetworkDevice) -> Bool {
        other.isForJobs && kind == other.kind && hcaType == other.hcaType
            && function?.vendor == other.function?.vendor && function?.device == other.function?.device
            && function?.address.function == other.function?.address.function
    }
}
