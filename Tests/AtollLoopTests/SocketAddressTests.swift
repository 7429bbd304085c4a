import AtollLoop
import Testing

struct SocketAddressTests {
    @Test(arguments: ["127.0.1.3:7400", "0.0.0.0:0", "[::1]:65535", "unix:/run/atoll/admin.sock"])
    func `an address reads as it is written`(text: String) throws {
        #expect(try SocketAddress(text).description == text)
    }

    @Test func `a path alone is a Unix socket`() throws {
        #expect(try SocketAddress("/run/a") == .unix(path: "/run/a"))
    }

    @Test(arguments: [
        "", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:-1", "localhost:80", "::1", "[::1]", "[::1:80",
        "[127.0.0.1]:80:80", "1.2.3:4", "unix:",
    ])
    func `what is no address is refused`(text: String) {
        let error = #expect(throws: LoopError.self) { try SocketAddress(text) }
        #expect(error?.code == .invalidAddress)
    }

    @Test func `a path with a zero byte in it is refused`() {
        #expect(throws: LoopError.self) { try SocketAddress("unix:/run/a\0b") }
    }

    @Test func `a path that the kernel would cut off is refused`() throws {
        let longest = "/" + String(repeating: "x", count: 106)
        #expect(try SocketAddress(longest) == .unix(path: longest))
        #expect(throws: LoopError.self) { try SocketAddress(longest + "x") }
    }
}
