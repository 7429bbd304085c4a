public import ArgumentParser
import AtollClient
import AtollLoop
import AtollModel

extension ColorChoice: ExpressibleByArgument {}

struct ServerOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Where the coordinator is: path of its socket, or HOST:PORT.", valueName: "place"))
    var server: String?

    func connect() async throws -> AdminConnection { try await AdminConnection.connect(to: server) }
}

struct ColorOptions: ParsableArguments {
    @Option(name: .customLong("color"), help: "Colour states: always, never, or auto (on a terminal).")
    var choice: ColorChoice = .auto
}

struct NamespaceOptions: ParsableArguments {
    @Option(name: [.customShort("n"), .long], help: "Namespace of the objects.")
    var namespace = "default"
}

/// `90`, `90s`, `5m`, `2h`.
struct TimeLimit: ExpressibleByArgument {
    let duration: Duration

    init?(argument: String) {
        let units: [Character: Int64] = ["s": 1, "m": 60, "h": 3600]
        let unit = argument.last.flatMap { units[$0] }
        guard let number = Int64(unit == nil ? argument : String(argument.dropLast())), number >= 0, number <= 1 << 32
        else { return nil }
        duration = .seconds(number * (unit ?? 1))
    }
}

extension Timestamp {
    static var now: Timestamp { Timestamp(nanoseconds: SystemClock.wall) }
}
