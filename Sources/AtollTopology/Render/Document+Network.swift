import AtollModel
import AtollYAML

extension HostTopology {
    /// `rdma` has the devices of the InfiniBand class with their ports; `nics` says which PCI function is whose, and has
    /// all network devices in `devices`.
    var networkFields: [(String, YAMLNode?)] {
        [
            ("rdma", .list(networkDevices.filter(\.isRDMA).map(\.rdmaDocument))),
            ("nics", .map(nicFields)),
        ]
    }

    private var nicFields: [(String, YAMLNode?)] {
        let named: [(String, YAMLNode?)] = networkDevices.filter { $0.isRDMA || $0.hasClassName }.map { device in
            (device.name, device.function.map { .string($0.address.description) })
        }
        return named + [
            ("infinibandByClass0x0207", addresses { $0.function?.shortClass == 0x0207 }),
            ("cassini", addresses { $0.kind == .slingshot }),
            ("net", netDocument),
            ("devices", .list(networkDevices.map(\.document))),
        ]
    }

    private func addresses(of isMember: (NetworkDevice) -> Bool) -> YAMLNode? {
        let addresses = Set(networkDevices.filter(isMember).compactMap { $0.function?.address }).sorted()
        return addresses.isEmpty ? nil : .list(addresses.map { .string($0.description) })
    }

    /// Each interface with its function.
    private var netDocument: YAMLNode? {
        let pairs = networkDevices.flatMap { device in
            device.interfaces.map { ($0, device.function?.address.description) }
        }
        let interfaces = Labels(pairs.compactMap { name, address in address.map { (name, $0) } })
        return interfaces.isEmpty ? nil : .map(interfaces.map { ($0, .string($1)) })
    }
}

extension NetworkDevice {
    /// A device of a class has the name that the class gives it.
    fileprivate var hasClassName: Bool { kind == .slingshot && name.isNumbered("cxi") }

    fileprivate var rdmaDocument: YAMLNode {
        .map([
            ("name", .string(name)),
            ("pci", function.map { .string($0.address.description) } ?? .null),
            ("kind", .string(kind.rawValue)),
            ("nodeGuid", nodeGUID.node),
            ("sysImageGuid", systemImageGUID.node),
            ("nodeType", nodeType.node),
            ("fwVer", firmware.node),
            ("boardId", boardID.node),
            ("hcaType", hcaType.node),
            ("interfaces", interfaces.isEmpty ? nil : .list(interfaces.map { .string($0) })),
            ("switchManagement", isSwitchManagement ? .bool(true) : nil),
            ("ports", .list(ports.map(\.document))),
        ])
    }

    fileprivate var document: YAMLNode {
        let identity: [(String, YAMLNode?)] = [
            ("name", .string(name)),
            ("kind", .string(kind.rawValue)),
            ("pci", function.map { .string($0.address.description) }),
            ("driver", function.flatMap { $0.driver.node }),
            ("interfaces", interfaces.isEmpty ? nil : .list(interfaces.map { .string($0) })),
            ("switchManagement", isSwitchManagement ? .bool(true) : nil),
            ("ports", isRDMA || ports.isEmpty ? nil : .list(ports.map(\.document))),
        ]
        return .map(identity + (function?.identityFields ?? []) + (function?.placeFields ?? []))
    }
}

extension NetworkPort {
    fileprivate var document: YAMLNode {
        .map([
            ("port", .int(number)),
            ("state", state.node),
            ("physState", physicalState.node),
            ("rate", rate.node),
            ("linkLayer", linkLayer.node),
            ("lid", lid.node),
            ("smLid", subnetManagerLID.node),
            ("gid0", firstGID.node),
        ])
    }
}
