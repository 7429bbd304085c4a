import AtollModel
import Testing

@testable import AtollFleet

@Suite struct FleetCommandTests {
    @Test func `commands are read`() throws {
        let hosts = FleetHosts.named([HostID("host-1"), HostID("host-2")])
        #expect(try TimedCommand.parse("reset all") == TimedCommand(time: nil, command: .reset(.all)))
        #expect(
            try TimedCommand.parse(" 30s  partition host-[1-2]  # the rack")
                == TimedCommand(time: 30_000_000_000, command: .partition(hosts))
        )
        #expect(try TimedCommand.parse("heal host-[1-2]")?.command == .heal(hosts))
        #expect(try TimedCommand.parse("reboot host-7")?.command == .reboot(.named([HostID("host-7")])))
        #expect(try TimedCommand.parse("fail all")?.command == .fail(.all, code: 1))
        #expect(try TimedCommand.parse("fail all 3")?.command == .fail(.all, code: 3))
    }

    @Test(arguments: ["", "   ", "# only words"]) func `lines without a command are none`(line: String) throws {
        #expect(try TimedCommand.parse(line) == nil)
    }

    @Test(arguments: [
        ("10s", "`10s` has a time and no command"), ("reset", "`reset` needs hosts, or `all`"),
        ("break all", "`break` is no command; there are fail, partition, heal, reset and reboot"),
        ("reset host-[3-1]", "`host-[3-1]` names no hosts: write a name, host-[0-15], or `all`"),
        ("fail all 256", "`256` is no exit code: give a number from 0 to 255"),
        ("reset all now", "`now` is too much in `reset all now`"),
    ])
    func `what is no command is refused`(line: String, message: String) {
        let error = #expect(throws: FleetError.self) { try TimedCommand.parse(line) }
        #expect(error?.description == message)
    }
}
