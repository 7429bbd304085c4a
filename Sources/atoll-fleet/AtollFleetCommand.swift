import ArgumentParser
import AtollFleet
import AtollModel

@main
struct AtollFleetCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "atoll-fleet",
        abstract: "Simulates hosts: real connections of the agent's own code, and pods that only say that they run.",
        discussion: """
            For trying a topology, a queue or a failure policy before there is hardware, and for measuring a coordinator.

            EXAMPLES
              atoll-fleet run --hosts 64 --island 8
              atoll-fleet run --description fleet.yaml --script faults.txt
              atoll-fleet run --hosts 12000; atoll-fleet run --hosts 12000 --first 12000   (in two terminals)
            """,
        version: AtollVersion.current,
        subcommands: [RunCommand.self]
    )
}
