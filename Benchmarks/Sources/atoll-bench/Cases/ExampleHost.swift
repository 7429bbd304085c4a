import AtollTopology
import Foundation

/// The tree of a host, written into memory once in a process and removed when that ends.
struct ExampleHost: Sendable {
    static let h100 = ExampleHost("h100") { root in
        try HostGenerator(kind: .h100, name: "bench").write(into: root)
    }

    static let mi300xCPX = ExampleHost("cpx") { root in
        try HostGenerator(kind: .mi300x, name: "bench").write(into: root)
        try partition(root)
    }

    /// The folder that looks like `/`.
    let root: Result<String, any Error>

    private init(_ name: String, write: (String) throws -> Void) {
        let root = "\(Self.folder)/\(name)"
        self.root = Result {
            try write(root)
            return root
        }
    }

    /// Of this process's hosts.
    private static let folder = {
        atexit { ExampleHost.remove() }
        return "/dev/shm/atoll-bench-\(getpid())"
    }()

    private static func remove() {
        // At the end of the process there is nobody to tell.
        try? FileManager.default.removeItem(atPath: folder)
    }

    /// Puts each of the eight GPUs into CPX mode: eight nodes, each with a link to every other node and one to a
    /// processor, as the driver gives them.
    private static func partition(_ root: String) throws {
        let nodes = "\(root)/sys/devices/virtual/kfd/kfd/topology/nodes"
        for number in 2..<66 {
            let folder = "\(nodes)/\(number)"
            let gpu = (number - 2) / 8
            // Those of the first eight nodes are a whole GPU's.
            try? FileManager.default.removeItem(atPath: folder)
            try make("\(folder)/io_links")
            try text(node(number, gpu: gpu), "\(folder)/properties")
            let peers = [gpu / 4] + (2..<66).filter { $0 != number }
            for (index, peer) in peers.enumerated() {
                try make("\(folder)/io_links/\(index)")
                try text(link(from: number, to: peer), "\(folder)/io_links/\(index)/properties")
            }
        }
    }

    private static func node(_ number: Int, gpu: Int) -> String {
        let bus = [0x05, 0x26, 0x46, 0x65, 0x85, 0xa6, 0xc6, 0xe5][gpu]
        return """
            cpu_cores_count 0
            simd_count 152
            mem_banks_count 1
            caches_count 80
            io_links_count 64
            p2p_links_count 1
            gfx_target_version 90402
            vendor_id 4098
            device_id 29857
            location_id \(bus << 8 | (number - 2) % 8)
            domain 0
            drm_render_minor \(126 + number)
            hive_id 15188982192727901047
            unique_id \(16_404_946_649_897_475_633 as UInt64 + UInt64(gpu))
            num_xcc 1

            """
    }

    private static func link(from number: Int, to peer: Int) -> String {
        let isProcessor = peer < 2
        let isOwn = (number - 2) / 8 == (peer - 2) / 8
        return """
            type \(isProcessor ? 2 : 11)
            version_major 0
            version_minor 0
            node_from \(number)
            node_to \(peer)
            weight \(isProcessor ? 20 : isOwn ? 13 : 41)
            min_latency 0
            max_latency 0
            min_bandwidth 0
            max_bandwidth \(isProcessor ? 64_000 : isOwn ? 819_200 : 0)
            recommended_transfer_size 0
            recommended_sdma_engine_id_mask 3
            flags 1

            """
    }

    private static func make(_ folder: String) throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    private static func text(_ text: String, _ path: String) throws {
        try Data(text.utf8).write(to: URL(filePath: path))
    }
}
