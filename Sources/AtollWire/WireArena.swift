import CAtollWire

/// Memory for the C structs of one message, encoded or decoded: handed out piece by piece, freed as a whole.
///
/// As protobuf-c's allocator it makes decoding cheap (no `free_unpacked`: nothing is freed one by one) and bounded:
/// beyond its budget it returns null, which ends the unpacking.
struct WireArena: ~Copyable {
    /// Lies at the start of the first block, so that a small message costs one allocation.
    private struct Head {
        var free: UnsafeMutableRawPointer
        var end: UnsafeMutableRawPointer
        /// The newest of the further blocks; each begins with a pointer to the one before.
        var newest: UnsafeMutableRawPointer?
        /// What may still be handed out, in bytes.
        var budget: Int
    }

    private static let alignment = 16
    private static let firstBlockBytes = 2048
    private static let blockBytes = 64 << 10

    private let head: UnsafeMutablePointer<Head>

    /// - Parameter budget: the most bytes to hand out in all.
    init(budget: Int = .max / 2) {
        let block = UnsafeMutableRawPointer.allocate(byteCount: Self.firstBlockBytes, alignment: Self.alignment)
        head = block.bindMemory(to: Head.self, capacity: 1)
        let free = block + Self.rounded(MemoryLayout<Head>.size)
        head.initialize(to: Head(free: free, end: block + Self.firstBlockBytes, newest: nil, budget: budget))
    }

    deinit {
        var block = head.pointee.newest
        while let current = block {
            block = current.load(as: UnsafeMutableRawPointer?.self)
            current.deallocate()
        }
        UnsafeMutableRawPointer(head).deallocate()
    }

    /// Uninitialised memory for `count` values, which must be trivial: they are never deinitialised.
    func allocate<Value>(_ type: Value.Type, count: Int = 1) -> UnsafeMutablePointer<Value> {
        guard let bytes = Self.take(count * MemoryLayout<Value>.stride, from: head) else {
            preconditionFailure("a message to be encoded takes more memory than there is")
        }
        return bytes.bindMemory(to: Value.self, capacity: count)
    }

    /// Must not outlive the arena.
    func allocator() -> ProtobufCAllocator {
        ProtobufCAllocator(
            alloc: { head, size in head.flatMap { WireArena.take(size, from: $0.assumingMemoryBound(to: Head.self)) } },
            free: { _, _ in },
            allocator_data: head
        )
    }

    private static func take(_ size: Int, from head: UnsafeMutablePointer<Head>) -> UnsafeMutableRawPointer? {
        // A size_t above Int.max arrives as a negative number.
        guard size >= 0, size <= head.pointee.budget else { return nil }
        let size = rounded(size)
        head.pointee.budget -= size
        if size > head.pointee.end - head.pointee.free { addBlock(for: size, to: head) }
        defer { head.pointee.free += size }
        return head.pointee.free
    }

    private static func addBlock(for size: Int, to head: UnsafeMutablePointer<Head>) {
        let size = max(blockBytes, alignment + size)
        let block = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: alignment)
        block.storeBytes(of: head.pointee.newest, as: UnsafeMutableRawPointer?.self)
        head.pointee.newest = block
        head.pointee.free = block + alignment
        head.pointee.end = block + size
    }

    private static func rounded(_ size: Int) -> Int { (size + alignment - 1) & ~(alignment - 1) }
}
