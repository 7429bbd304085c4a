/// What NVIDIA's driver says about one GPU below `/proc/driver/nvidia` (open-gpu-kernel-modules `nv-procfs.c` and
/// `nv-caps.c`). It has neither the memory's size nor anything about NVLink; those are NVML's.
struct NVIDIAGPU: Equatable {
    /// Empty until the GPU has been initialised once.
    let uuid: String
    /// Left out by the driver's own configuration.
    let isExcluded: Bool
    /// The number of its device node, in another order than the addresses; nil when the driver gives none.
    let minor: UInt32?
    let memoryNUMANode: UInt32?
    let instances: [GPUInstance]

    private static let folder = "proc/driver/nvidia"

    /// Nil when the driver does not list the GPU.
    init?(_ tree: HostTree, _ address: PCIAddress) {
        let folder = "\(Self.folder)/gpus/\(address)"
        guard let information = tree.text("\(folder)/information").value.map({ Properties($0, separator: ":") }) else {
            return nil
        }
        uuid = information["GPU UUID"]?.printable(max: 64) ?? ""
        isExcluded = information["GPU Excluded"]?.lowercased() == "yes"
        minor = information.number("Device Minor")
        // An input/output error where a GPU of several hosts' NVLink domain is not ready yet.
        let memory = tree.text("\(folder)/numa_status").value.map { Properties($0, separator: ":") }
        memoryNUMANode = memory?.number("Node")
        instances = minor.map { Self.instances(tree, minor: $0) } ?? []
    }

    /// `gpu<minor>/mig/gi<G>/ci<C>`: one folder for each instance.
    private static func instances(_ tree: HostTree, minor: UInt32) -> [GPUInstance] {
        let folder = "\(Self.folder)/capabilities/gpu\(minor)/mig"
        return tree.numbers("gi", in: folder).map { number in
            GPUInstance(number: number, computeInstances: tree.numbers("ci", in: "\(folder)/gi\(number)"))
        }
    }
}

extension Accelerator {
    mutating func take(_ gpu: NVIDIAGPU) {
        instances = gpu.instances
        memoryNUMANode = gpu.memoryNUMANode
        deviceNode = gpu.minor.map { "/dev/nvidia\($0)" } ?? ""
    }
}

extension HostTree {
    /// The numbers of the entries named by a prefix and a number, ascending.
    func numbers(_ prefix: String, in folder: String) -> [UInt32] {
        let names = names(in: folder).value ?? []
        return names.filter { $0.isNumbered(prefix) }.compactMap { UInt32($0.dropFirst(prefix.utf8.count)) }.sorted()
    }
}
