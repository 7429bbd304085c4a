import AtollCore
import AtollModel
import Foundation
import Testing

/// What earlier releases have written is read.
@Suite struct OldRecordTests {
    @Test func `a host of before there were findings, links and baselines`() throws {
        let text = """
            {"facts":{"host":{"name":"h"},"address":"10.0.0.1","bootID":"b","kernel":"6.1","agentVersion":"0.1.0",
              "cpuCount":4,"memoryBytes":8,"model":"m","numaNodeCount":1,"labels":{"rack":"r1"},"warnings":["w"],
              "devices":[{"index":0,"vendor":"amd","model":"MI300X","pciAddress":"0000:05:00.0","numaNode":0,
                "driver":"amdgpu","uniqueID":"u","usable":true}]},
             "instance":{"text":"i"}}
            """
        let record = try JSONDecoder().decode(HostRecord.self, from: Data(text.utf8))
        #expect(record.facts.devices.map(\.memoryBytes) == [0])
        #expect(record.facts.devices.first?.link == nil)
        #expect(record.facts.findings.isEmpty && record.facts.warnings == ["w"])
        #expect(record.baseline == nil && record.excused == nil)
    }
}
