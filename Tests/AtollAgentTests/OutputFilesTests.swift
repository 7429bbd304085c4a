import AtollModel
import Glibc
import Testing

@testable import AtollAgent

@Suite final class OutputFilesTests {
    private let folder: String

    init() throws {
        var template = Array("/tmp/atoll-output-XXXXXX".utf8CString)
        folder = try #require(mkdtemp(&template).map { String(cString: $0) })
    }

    deinit {
        _ = try? Files.removeFolder(folder)  // A leftover in /tmp is no failure.
    }

    private func write(_ texts: String..., fileBytesMax: Int = 8 << 20) {
        var writer = OutputWriter(folder: folder, limits: .init(fileBytesMax: fileBytesMax, filesMax: 2))
        for text in texts { writer.append(Array(text.utf8)[...]) }
    }

    private func read(_ start: OutputStart, bytesMax: Int = 100) throws -> (UInt64, String) {
        let piece = try OutputFiles.read(folder, from: start, bytesMax: bytesMax)
        return (piece.offset, String(decoding: piece.data, as: UTF8.self))
    }

    @Test func `pieces join to the whole, across files`() throws {
        write("abc", "defg", "hijklmno", fileBytesMax: 8)
        var text = ""
        var offset: UInt64 = 0
        while true {
            let piece = try OutputFiles.read(folder, from: .offset(offset), bytesMax: 3)
            guard !piece.data.isEmpty else { break }
            #expect(piece.offset == offset)
            text += String(decoding: piece.data, as: UTF8.self)
            offset += UInt64(piece.data.count)
        }
        #expect(text == "abcdefghijklmno")
    }

    @Test func `what was rotated away is skipped`() throws {
        write("aaaa", "bbbb", "cccc", "dd", fileBytesMax: 4)
        #expect(try Files.names(in: folder) == ["output.12", "output.8"])
        #expect(try read(.offset(1)) == (8, "cccc"))
        #expect(try read(.offset(14)) == (14, ""))
        #expect(try read(.offset(99)) == (14, ""))
    }

    @Test(
        arguments: [
            (0, 12, ""), (1, 8, "three"), (2, 4, "two\nthree"), (3, 0, "one\ntwo\nthree"), (9, 0, "one\ntwo\nthree"),
        ] as [(UInt32, UInt64, String)]
    )
    func `the last lines are counted from the end, an unfinished one too`(
        count: UInt32,
        offset: UInt64,
        text: String
    ) throws {
        write("one\ntwo\nthree")
        let read = try read(.lastLines(count))
        #expect(read.1 == text)
        #expect(read.0 == (count == 0 ? 13 : offset))
    }

    @Test func `a final line end begins no line`() throws {
        write("one\ntwo\n")
        #expect(try read(.lastLines(1)) == (4, "two\n"))
    }

    @Test func `last lines reach across files and pieces`() throws {
        let line = String(repeating: "x", count: 70_000) + "\n"
        write(line, line, line, fileBytesMax: 100_000)
        #expect(try read(.lastLines(1)).0 == 140_002)
        // The second last began in a file that is gone.
        #expect(try read(.lastLines(2)).0 == 100_000)
    }

    @Test func `a pod without output has none`() throws {
        #expect(try read(.offset(5)) == (0, ""))
        #expect(try read(.lastLines(5)) == (0, ""))
    }
}
