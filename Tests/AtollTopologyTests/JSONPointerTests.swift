import AtollYAML
import Testing

@testable import AtollTopology

struct JSONPointerTests {
    /// The example document of RFC 6901, section 5, but for the keys that only a string literal of C can hold.
    private let document = #"{"foo": ["bar", "baz"], "": 0, "a/b": 1, "c%d": 2, "e^f": 3, " ": 7, "m~n": 8}"#

    private func find(_ pointer: String) throws -> YAMLNode? {
        let node = try #require(try YAMLNode.parse(document).first)
        return try #require(JSONPointer(pointer)).value(in: node)
    }

    @Test(arguments: [
        ("/foo/0", "bar"), ("/foo/1", "baz"), ("/", "0"), ("/a~1b", "1"), ("/c%d", "2"), ("/e^f", "3"), ("/ ", "7"),
        ("/m~0n", "8"),
    ])
    func `the RFC's examples find what they should`(pointer: String, text: String) throws {
        #expect(try find(pointer)?.scalarText == text)
    }

    @Test func `the empty pointer is the whole`() throws { #expect(try find("")?.pairs?.count == 7) }

    @Test(arguments: ["/foo/2", "/foo/-", "/foo/00", "/foo/-1", "/foo/+0", "/foo/bar", "/a~1b/x", "/none", "/foo/0/"])
    func `a place that is not there gives nothing`(pointer: String) throws { #expect(try find(pointer) == nil) }

    @Test(arguments: ["a", "/~", "/a~2", "/a~/b"])
    func `text that is no pointer is refused`(text: String) { #expect(JSONPointer(text) == nil) }

    @Test(arguments: ["a/b", "m~n", "~1", "/~/"])
    func `a key that is escaped is found again`(key: String) throws {
        let pointer = try #require(JSONPointer("/" + JSONPointer.escaped(key)))
        #expect(pointer.value(in: .map([(key, .int(1))]))?.int == 1)
    }
}
