public import AtollModel

/// Something that befalls hosts of a fleet, in words: `partition host-[0-15]`, `fail host-3 7`, `reset all`.
public enum FleetCommand: Equatable, Sendable {
    /// The processes of all their pods exit with a code.
    case fail(FleetHosts, code: Int32)
    /// Nothing goes through between them and the coordinator any more, and nobody is told.
    case partition(FleetHosts)
    /// It goes through again.
    case heal(FleetHosts)
    /// Their connections break, and their agents try again as after any other loss.
    case reset(FleetHosts)
    /// They lose power and come back at once: their pods are gone.
    case reboot(FleetHosts)

    /// One line for each, for people.
    public static let help = """
        fail HOSTS [CODE]    the processes of their pods exit with the code, 1 unless given
        partition HOSTS      nothing goes through to the coordinator and back
        heal HOSTS           it goes through again
        reset HOSTS          their connections break; their agents come back
        reboot HOSTS         they lose their pods and come back

        HOSTS is `all`, a name, or names in brackets: host-[0-15,20]. A time in front, counted from the fleet's start,
        puts the command off: 30s reset all
        """
}

/// Some hosts of a fleet.
public enum FleetHosts: Equatable, Sendable {
    case all
    case named([HostID])
}

/// A line of a script.
public struct TimedCommand: Equatable, Sendable {
    /// Since the fleet's start, in nanoseconds; nil: at once.
    public var time: Int64?
    public var command: FleetCommand

    /// Reads `[TIME] COMMAND`; nil for an empty line and a comment, which begins with `#`.
    public static func parse(_ line: String) throws(FleetError) -> TimedCommand? {
        var words = line.prefix { $0 != "#" }.split(whereSeparator: \.isWhitespace).map(String.init)[...]
        guard let first = words.first else { return nil }
        let time = TimeRange.nanoseconds(first)
        if time != nil { words.removeFirst() }
        return TimedCommand(time: time, command: try FleetCommand(words, line: line))
    }
}

extension FleetCommand {
    fileprivate init(_ words: ArraySlice<String>, line: String) throws(FleetError) {
        var words = words
        guard let verb = words.popFirst() else { throw FleetError("`\(line)` has a time and no command") }
        let hosts = { () throws(FleetError) in
            guard let names = words.popFirst() else { throw FleetError("`\(verb)` needs hosts, or `all`") }
            return try FleetHosts(names)
        }
        switch verb {
        case "fail":
            let some = try hosts()
            let code = words.popFirst() ?? "1"
            guard let number = Int32(code), (0...255).contains(number) else {
                throw FleetError("`\(code)` is no exit code: give a number from 0 to 255")
            }
            self = .fail(some, code: number)
        case "partition": self = .partition(try hosts())
        case "heal": self = .heal(try hosts())
        case "reset": self = .reset(try hosts())
        case "reboot": self = .reboot(try hosts())
        default: throw FleetError("`\(verb)` is no command; there are fail, partition, heal, reset and reboot")
        }
        if let rest = words.first { throw FleetError("`\(rest)` is too much in `\(line)`") }
    }
}

extension FleetHosts {
    fileprivate init(_ text: String) throws(FleetError) {
        if text == "all" {
            self = .all
            return
        }
        guard let names = NameRanges.expanded(text) else {
            throw FleetError("`\(text)` names no hosts: write a name, host-[0-15], or `all`")
        }
        self = .named(names.map { HostID($0) })
    }
}

/// Why a fleet does not do what it was asked for: one sentence for people.
public struct FleetError: Error, Equatable, CustomStringConvertible {
    public let description: String

    init(_ description: String) { self.description = description }
}
