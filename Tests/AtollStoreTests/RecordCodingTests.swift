import AtollModel
import Foundation
import Testing

@testable import AtollCore
@testable import AtollStoreSQLite

/// Records as JSON. Foundation's coders are the judges: what either side writes, the other one reads alike.
@Suite struct RecordCodingTests {
    /// Everything that a synthesized coder can ask for.
    private struct Sample: Codable, Equatable {
        enum Choice: Codable, Equatable {
            case plain
            case payload(number: Int8, text: String?)
            case unnamed(Double, Bool)
        }

        var texts = ["", awkwardText, "\u{8}\u{C}", "a\\u0041", "\u{1F600}\u{1F600}x", "\"\\/"]
        var holes: [Int?] = [nil, 1, nil]
        var choices: [Choice] = [.plain, .payload(number: -128, text: nil), .unnamed(-0.1, true)]
        var numbers: [Double] = [0, -0.0, 1e300, .leastNonzeroMagnitude, 0.1, -1 / 3]
        var small: Float = 0.1
        var signed: [Int64] = [.min, -1, 0, .max]
        var unsigned: [UInt64] = [0, .max]
        var bytes: [UInt8] = [0, 255]
        var flags = [true, false]
        var nested: [[[String]]] = [[], [[]], [["x"], []]]
        var map = ["k": [1, 2], "": []]
        var duration = Duration.milliseconds(-1500)
        var absent: String?
        var there: String? = "here"
    }

    private static func object(_ text: String) throws -> NSObject? {
        try JSONSerialization.jsonObject(with: Data(text.utf8), options: .fragmentsAllowed) as? NSObject
    }

    private func expectAlike<Value: Codable & Equatable>(_ value: Value) throws {
        let ours = try RecordEncoder.text(of: value)
        let theirs = String(decoding: try JSONEncoder().encode(value), as: UTF8.self)
        #expect(try Self.object(ours) == Self.object(theirs))
        #expect(try RecordDecoder.value(Value.self, from: ours) == value)
        #expect(try RecordDecoder.value(Value.self, from: theirs) == value)
        #expect(try JSONDecoder().decode(Value.self, from: Data(ours.utf8)) == value)
    }

    @Test func `both understand each other`() throws {
        try expectAlike(Sample())
        try expectAlike(["a": Sample()])
        try expectAlike(Extremes.cluster)
        try expectAlike(Extremes.host)
        try expectAlike(Extremes.jobSet)
        try expectAlike(Extremes.job)
        try expectAlike(Extremes.claim)
    }

    @Test func `members are in the order in which they are declared, those of maps in key order`() throws {
        struct Small: Encodable {
            var z = 1
            var a: Labels = ["q": "1", "b": "2"]
        }
        #expect(try RecordEncoder.text(of: Small()) == #"{"z":1,"a":{"b":"2","q":"1"}}"#)
    }

    @Test(arguments: [
        #""\ud83d\ude00""#, #""\ud83dx\u0041\n""#, #""\uDE00""#, #"" \t\r\b\f\/\\\" ""#, #""\u00e9\u2028""#, #""é海""#,
    ])
    func `strings with escapes are read as Foundation reads them, or with a mark for half a surrogate`(text: String)
        throws
    {
        let ours = try RecordDecoder.value(String.self, from: text)
        if let theirs = try? JSONDecoder().decode(String.self, from: Data(text.utf8)) {
            #expect(ours == theirs)
        } else {
            #expect(ours.contains("\u{FFFD}"))
        }
    }

    @Test func `a text that ends early is refused`() throws {
        let text = try RecordEncoder.text(of: Sample())
        for end in 0..<text.utf8.count {
            let part = String(decoding: text.utf8.prefix(end), as: UTF8.self)
            #expect(throws: DecodingError.self) { try RecordDecoder.value(Sample.self, from: part) }
        }
    }

    @Test func `a damaged text is refused, or means something else`() throws {
        let text = Array(try RecordEncoder.text(of: Extremes.host).utf8)
        // Every fifth: decoding takes its time in a debug build.
        for position in stride(from: 0, to: text.count, by: 5) {
            for byte in [UInt8(0), UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "}"), UInt8(ascii: "9")] {
                var damaged = text
                damaged[position] = byte
                do {
                    _ = try RecordDecoder.value(HostRecord.self, from: String(decoding: damaged, as: UTF8.self))
                } catch {
                    #expect(error is DecodingError)
                }
            }
        }
    }

    @Test(arguments: [
        ("", "a value is missing, at byte 0"), ("{} x", "something follows the value, at byte 3"),
        ("{\"a\" 1}", "a key has no value, at byte 5"), ("[1 2]", "a comma is missing, at byte 3"),
        ("[1,]", "no value of JSON, at byte 3"), ("{1:2}", "a string is missing, at byte 1"),
        ("\"a", "a string does not end, at byte 1"), ("\"\\x\"", "an escape that does not exist, at byte 1"),
        ("\"\\u00g0\"", "an escape that does not exist, at byte 1"), ("nul", "no value of JSON, at byte 0"),
        ("\"\u{1}\"", "a control character in a string, at byte 1"), ("[", "the text ends within a value, at byte 1"),
        (String(repeating: "[", count: 200), "values are too deep in one another, at byte 128"),
    ])
    func `what is no JSON is refused with the place`(text: String, message: String) {
        let error = #expect(throws: DecodingError.self) { try RecordDecoder.value([Int].self, from: text) }
        var found: String?
        if case .dataCorrupted(let context) = error { found = context.debugDescription }
        #expect(found == message)
    }

    @Test func `errors name the way to the value`() throws {
        func path(of text: String) -> [String]? {
            do {
                _ = try RecordDecoder.value([String: [Sample.Choice]].self, from: text)
                return nil
            } catch DecodingError.typeMismatch(_, let context), DecodingError.dataCorrupted(let context),
                DecodingError.keyNotFound(_, let context)
            {
                return context.codingPath.map(\.stringValue)
            } catch {
                return nil
            }
        }
        let before = #"{"a":[],"b":[{"plain":{}},{"payload":"#
        #expect(path(of: before + #"{"number":"x"}}]}"#) == ["b", "1", "payload", "number"])
        #expect(path(of: before + #"{"number":1000}}]}"#) == ["b", "1", "payload", "number"])
        #expect(path(of: before + #"{"text":"x"}}]}"#) == ["b", "1", "payload"])
        #expect(path(of: before + "7}]}") == ["b", "1", "payload"])
    }

    @Test func `a number that JSON does not have is refused`() {
        #expect(throws: EncodingError.self) { try RecordEncoder.text(of: [Double.nan]) }
    }
}
