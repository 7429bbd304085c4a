@testable import AtollTopology

extension FileTree {
    /// A bare PCI function on its own root bus.
    mutating func function(
        _ address: String,
        _ vendor: UInt16,
        _ device: UInt16,
        _ classCode: UInt32,
        driver: String? = nil,
        numaNode: String = "0"
    ) {
        let folder = "sys/devices/pci0000:00/\(address)"
        file("\(folder)/vendor", "0x" + vendor.hexadecimal(digits: 4))
        file("\(folder)/device", "0x" + device.hexadecimal(digits: 4))
        file("\(folder)/class", "0x" + classCode.hexadecimal(digits: 6))
        file("\(folder)/numa_node", numaNode)
        if let driver { link("\(folder)/driver", to: "sys/bus/pci/drivers/\(driver)") }
        link("sys/bus/pci/devices/\(address)", to: folder)
    }

    /// A KFD GPU node without anything that old drivers leave out.
    ///
    /// - Parameter more: lines that come after the others.
    mutating func kfdNode(
        _ number: Int,
        device: UInt16 = 0x74a1,
        location: Int,
        uniqueID: UInt64 = 0x1234,
        more: String = ""
    ) {
        file(
            "sys/class/kfd/kfd/topology/nodes/\(number)/properties",
            """
            cpu_cores_count 0
            simd_count 152
            vendor_id 4098
            device_id \(device)
            location_id \(location)
            unique_id \(uniqueID)
            \(more)
            """
        )
    }

    /// An XGMI link from a KFD node.
    mutating func kfdLink(_ node: Int, _ index: Int, to peer: Int, weight: Int, bandwidth: Int = 0) {
        file(
            "sys/class/kfd/kfd/topology/nodes/\(node)/io_links/\(index)/properties",
            "type 11\nnode_from \(node)\nnode_to \(peer)\nweight \(weight)\nmax_bandwidth \(bandwidth)"
        )
    }
}
