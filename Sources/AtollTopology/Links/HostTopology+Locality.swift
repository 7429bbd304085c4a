extension PCIFunction {
    /// How far another function is from this one, from sysfs alone, as NVML's levels have it.
    public func locality(to other: PCIFunction) -> PCILocality {
        if address.firstFunction == other.address.firstFunction { return .same }
        guard let path, let theirs = other.path else { return .unknown }
        guard let common = path.commonBridges(with: theirs) else {
            guard let node = numaNode, let otherNode = other.numaNode else { return .unknown }
            return node == otherNode ? .node : .sys
        }
        if common == 0 { return .phb }
        return max(path.bridges.count, theirs.bridges.count) - common <= 1 ? .pix : .pxb
    }
}

extension HostTopology {
    /// The network devices that are nearest to a function: those with which it shares the most bridges, then those of
    /// its NUMA node, then those with the nearest bus number; all of them where several are equally near.
    ///
    /// Not by `PCILocality`: MI250 and MI300X have bridges of their own on the package, so that a GPU and the NIC on
    /// the same switch look further apart than they are.
    public func nearestNetworkDevices(to function: PCIFunction) -> [NetworkDevice] {
        let candidates = networkDevices.filter(\.isForJobs)
            .compactMap { device in device.function.map { (device, Nearness(function, $0)) } }
        guard let best = candidates.map(\.1).min() else { return [] }
        return candidates.filter { $0.1 == best }.map(\.0)
    }
}

/// Smaller is nearer.
private struct Nearness: Comparable {
    var commonBridges: Int
    var isSameNode: Bool
    var busDistance: Int

    init(_ one: PCIFunction, _ other: PCIFunction) {
        let shared = one.path.flatMap { path in other.path.flatMap { path.commonBridges(with: $0) } }
        // The same root bus is nearer than none in common.
        commonBridges = shared ?? -1
        isSameNode = one.numaNode != nil && one.numaNode == other.numaNode
        let isSameDomain = one.address.domain == other.address.domain
        busDistance = isSameDomain ? abs(Int(one.address.bus) - Int(other.address.bus)) : .max
    }

    static func < (left: Nearness, right: Nearness) -> Bool {
        if left.commonBridges != right.commonBridges { return left.commonBridges > right.commonBridges }
        if left.isSameNode != right.isSameNode { return left.isSameNode }
        return left.busDistance < right.busDistance
    }
}
