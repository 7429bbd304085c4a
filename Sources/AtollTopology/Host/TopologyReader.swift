/// Reads a host again and again, and each time only what can have changed: which PCI functions there are and what drivers
/// have them, links, counters, states, partition modes. What stays as long as its device does (ids, names, serial numbers,
/// firmware's tables, KFD's thousands of link files) is read once, and again when its folder is another one, its device
/// has another driver, or KFD counts another generation.
///
/// Every reading gives what `HostTopology.read` would, but for what changes without any of that: a driver that is taken
/// off and put back between two readings may come with another memory size. So `forget` when the kernel tells of devices
/// (uevents add, remove, bind and unbind), and now and then.
///
/// A value to keep between readings, by one reader at a time; it holds some hundred short texts, and some hundred KiB for
/// a host with 64 partitions.
public struct TopologyReader: Sendable {
    private let root: String
    private var memory = TreeMemory()
    /// How often the last reading looked at the tree: files opened, folders listed, links read.
    public private(set) var looks = 0

    /// - Parameter root: as for `HostTopology.read`; reads nothing yet.
    public init(root: String = "/") { self.root = root }

    /// Reads the host. Blocks: milliseconds the first time, less afterwards.
    public mutating func read(_ options: HostReadOptions = HostReadOptions()) -> HostTopology {
        let tree = HostTree(root: root, memory: memory)
        let host = HostTopology.read(tree, options)
        memory = tree.walk.memory ?? TreeMemory()
        looks = tree.walk.looks
        return host
    }

    /// Makes the next reading look at everything, as the first one did.
    public mutating func forget() { memory = TreeMemory() }
}
