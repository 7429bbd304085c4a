import CAtollLinux
import Glibc
import Testing

@testable import AtollAgent

/// What a person at a shell sees.
@Suite struct CommandLineTests {
    /// Exit status and what was written, both outputs together.
    private func run(_ words: [String]) throws -> (status: CInt, output: String) {
        var ends: [CInt] = [0, 0]
        try #require(pipe(&ends) == 0)
        var arguments = (["atoll-agent"] + words).map { strdup($0) } + [nil]
        var environment: [UnsafeMutablePointer<CChar>?] = [nil]
        defer { for word in arguments { free(word) } }
        var process: Int32 = 0
        let error = atoll_spawn(&process, SupervisedPod.agent, &arguments, &environment, nil, [-1, ends[1], ends[1]])
        try #require(error == 0)
        close(ends[1])
        defer { close(ends[0]) }
        var output: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = read(ends[0], &buffer, buffer.count)
            guard count > 0 else { break }
            output += buffer[..<count]
        }
        return (AgentProcess.wait(process), String(decoding: output, as: UTF8.self))
    }

    @Test(
        arguments: [
            ([], "a command is missing"), (["fly"], "unknown command `fly`"), (["run", "--no"], "unknown option --no"),
            (["run", "--state"], "option --state needs a value"),
            (["topology", "-o", "xml"], "takes one of tree, matrix, json, yaml, dot, svg"),
            (["make-host", "tpu-v9", "--into", "/x"], "known: tpu-v5e"), (["make-host"], "KIND is missing"),
            (["run", "--host", "a", "--host", "b"], "given 2 times"),
        ] as [([String], String)]
    )
    func `wrong use ends with 2 and says what is wrong`(words: [String], message: String) throws {
        let result = try run(words)
        #expect(result.status == 2)
        #expect(result.output.contains(message))
        #expect(result.output.contains("atoll-agent help"))
    }

    @Test func `version and help end with 0`() throws {
        #expect(try run(["version"]) == (0, "atoll-agent 0.1.0\n"))
        let help = try run(["help"])
        #expect(help.status == 0)
        #expect(help.output.contains("make-host"))
    }

    @Test func `a configuration file that is not there is named`() throws {
        let result = try run(["run", "--config", "/no/such/file", "--host", "a"])
        #expect(result == (1, "atoll-agent: there is no configuration file /no/such/file\n"))
    }
}
