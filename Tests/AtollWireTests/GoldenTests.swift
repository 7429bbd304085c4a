import AtollModel
import Testing

@testable import AtollWire

/// The bytes of version 1. A failure here means that two releases no longer understand each other.
@Suite struct GoldenTests {
    @Test(arguments: Samples.messages + Samples.admin)
    func `golden bytes decode to the sample they were made from`(name: String, message: Message) throws {
        let golden = try #require(Golden.messages[name], "the bytes are \(hexadecimal(message.packed()))")
        #expect(try Message(decoding: bytes(golden)) == message)
        #expect(message.packed() == bytes(golden))
    }

    @Test func `golden files of a pod decode`() throws {
        #expect(try PodPlan(decoding: bytes(Golden.podPlan)) == Samples.podPlan)
        #expect(Samples.podPlan.encoded() == bytes(Golden.podPlan))
        #expect(try PodRecord(decoding: bytes(Golden.podRecord)) == Samples.podRecord)
        #expect(Samples.podRecord.encoded() == bytes(Golden.podRecord))
        #expect(try PodRecord(decoding: bytes(Golden.leasedPodRecord)) == Samples.leasedPodRecord)
        #expect(Samples.leasedPodRecord.encoded() == bytes(Golden.leasedPodRecord))
    }

    @Test func `every golden message has its sample`() {
        #expect(Golden.messages.keys.sorted() == (Samples.messages + Samples.admin).map(\.name).sorted())
    }

    @Test func `the numbers of enumerations are those of version 1`() {
        #expect(
            numbers(ObjectKind.self) == [
                "jobsets 1", "jobs 2", "pods 3", "hosts 4", "islands 5", "devices 6", "events 7",
                "persistentvolumeclaims 8",
            ]
        )
        #expect(numbers(PodAssignment.Goal.self) == ["run 1", "stop 2"])
        #expect(numbers(RestartPolicy.self) == ["always 1", "onFailure 2", "never 3"])
        #expect(numbers(RestartRule.Action.self) == ["restart 1", "restartAllContainers 2"])
        #expect(numbers(RestartRule.Operator.self) == ["in 1", "notIn 2"])
        #expect(
            numbers(PodVolume.HostPathType.self)
                == [
                    "any 1", "directoryOrCreate 2", "directory 3", "fileOrCreate 4", "file 5", "socket 6",
                    "characterDevice 7", "blockDevice 8",
                ]
        )
        #expect(numbers(HostOrder.Verb.self) == ["fence 1", "cordon 2", "drain 3", "uncordon 4", "accept 5"])
        #expect(numbers(Finding.Severity.self) == ["notice 1", "warning 2", "error 3"])
        #expect(
            numbers(TopologyRead.Format.self) == ["tree 1", "matrix 2", "json 3", "yaml 4", "dot 5", "svg 6"]
        )
        #expect(numbers(AdminReply.Change.self) == ["added 1", "modified 2", "deleted 3"])
        #expect(numbers(ApplyResult.Action.self) == ["created 1", "configured 2", "unchanged 3"])
        #expect(
            numbers(AcceleratorVendor.self)
                == ["nvidia 1", "amd 2", "google 3", "habana 4", "intel 5", "aws 6", "other 7"]
        )
        #expect(
            numbers(Refusal.Code.self)
                == [
                    "versionUnsupported 1", "hostNameTaken 2", "hostNameInvalid 3", "staleCoordinator 4",
                    "overloaded 5",
                ]
        )
        #expect(
            numbers(JobSetState.self)
                == [
                    "waiting 1", "starting 2", "running 3", "restarting 4", "suspended 5", "completed 6", "failed 7",
                    "deleting 8",
                ]
        )
        #expect(
            numbers(AdminFailure.Code.self)
                == ["invalid 1", "notFound 2", "conflict 3", "limitReached 4", "unavailable 5"]
        )
    }

    private func numbers<Value: WireEnum>(_ type: Value.Type) -> [String] {
        Value.allCases.map { "\($0) \($0.wire.rawValue)" }
    }

    private func hexadecimal(_ bytes: [UInt8]) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    /// Line breaks are skipped.
    private func bytes(_ hexadecimal: String) -> [UInt8] {
        let digits = hexadecimal.compactMap(\.hexDigitValue).map(UInt8.init)
        return stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
    }
}
