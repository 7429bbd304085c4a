import Testing

@testable import AtollClient

struct LogPrinterTests {
    private let pods = ["multislice-workers-0-1", "multislice-workers-0-10"]

    private func printer(_ form: LogPrinter.Form = .prefixedLines(isColored: false)) -> LogPrinter {
        LogPrinter(jobSet: "multislice", pods: pods, form: form)
    }

    private func piece(_ pod: Int, _ text: String) -> LogPiece { LogPiece(pod: pods[pod], data: Array(text.utf8)) }

    private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

    @Test func `lines of several pods are never mixed`() {
        var printer = printer()
        #expect(printer.print(piece(0, "loss ")).isEmpty)
        #expect(text(printer.print(piece(1, "step 1\nste"))) == "workers-0-10 | step 1\n")
        #expect(text(printer.print(piece(0, "0.5\n"))) == "workers-0-1  | loss 0.5\n")
        #expect(text(printer.print(piece(1, "p 2\n\n"))) == "workers-0-10 | step 2\nworkers-0-10 | \n")
        #expect(printer.finish().isEmpty)
    }

    @Test func `unfinished lines come out at the end`() {
        var printer = printer()
        _ = printer.print(piece(1, "no line break"))
        _ = printer.print(piece(0, "nor here"))
        #expect(text(printer.finish()) == "workers-0-1  | nor here\nworkers-0-10 | no line break\n")
        #expect(printer.finish().isEmpty)
    }

    @Test func `lines are kept apart without prefixes too`() {
        var printer = printer(.lines)
        #expect(printer.print(piece(0, "loss ")).isEmpty)
        #expect(text(printer.print(piece(1, "step 1\n"))) == "step 1\n")
        #expect(text(printer.print(piece(0, "0.5\n"))) == "loss 0.5\n")
    }

    @Test func `of a single pod every byte passes as it is`() {
        var printer = printer(.bytes)
        let bytes: [UInt8] = [0x66, 0x00, 0xFF, 0x0D]
        #expect(printer.print(LogPiece(pod: pods[0], data: bytes)) == bytes)
        #expect(printer.finish().isEmpty)
    }

    @Test func `each pod has a colour of its own`() {
        var printer = printer(.prefixedLines(isColored: true))
        #expect(text(printer.print(piece(0, "a\n"))) == "\u{1B}[36mworkers-0-1  |\u{1B}[0m a\n")
        #expect(text(printer.print(piece(1, "b\n"))) == "\u{1B}[33mworkers-0-10 |\u{1B}[0m b\n")
    }

    @Test func `a pod that was not known gets its prefix when it writes`() {
        var printer = printer()
        let piece = LogPiece(pod: "other-1", data: Array("x\n".utf8))
        #expect(text(printer.print(piece)) == "other-1      | x\n")
    }

    @Test func `a line without end is cut instead of kept`() {
        var printer = printer()
        let half = String(repeating: "x", count: LogPrinter.lineBytesMax / 2)
        #expect(printer.print(piece(0, half)).isEmpty)
        let cut = printer.print(piece(0, half))
        #expect(cut.count == LogPrinter.lineBytesMax + "workers-0-1  | \n".count)
        #expect(printer.finish().isEmpty)
    }
}
