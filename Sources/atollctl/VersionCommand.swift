import ArgumentParser
import AtollModel

struct VersionCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "version", abstract: "Show the version of atollctl.")

    func run() throws {
        let wire = VersionRange.current
        try Output().write(lines: ["atollctl \(AtollVersion.current) (protocol \(wire.oldest) to \(wire.newest))"])
    }
}
