import ArgumentParser
import AtollClient
import AtollJobSet
import AtollModel
import Glibc

/// Why a command did not do what was asked; says what, on which object, why and what to type next.
struct CommandFailure: Error {
    /// `operability`: 0 done, 1 error, 2 usage, 3 not ready, 4 not found.
    enum Code: Int32 {
        case error = 1
        case usage = 2
        case notReady = 3
        case notFound = 4

        /// Of `diff`, which ends with 1 when it has found differences, as diff(1) does, and so with 2 after an error.
        static let differs = Code.error
        static let diffFailed = Code.usage
    }

    var code: Code
    /// Several lines if need be; empty when all has been said.
    var message: String

    init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    static func notFound(_ kind: ObjectKind, _ names: [String], namespace: String?) -> CommandFailure {
        let place = kind.isNamespaced ? namespace.map { " in namespace \($0)" } ?? "" : ""
        let others = kind.isNamespaced ? " -A" : ""
        let noun = kind.singular.lowercased() + (names.count == 1 ? "" : "s")
        let list = names.map { "\"\($0)\"" }.joined(separator: ", ")
        return CommandFailure(
            .notFound,
            "there is no \(noun) \(list)\(place); to see all: atollctl get \(kind.rawValue)\(others)"
        )
    }
}

extension CommandFailure {
    /// Says what happened and ends the process.
    static func exit(for error: any Error) -> Never {
        guard let failure = CommandFailure(error) else { exit(forParserError: error) }
        if !failure.message.isEmpty { Output.complain("Error: \(failure.message)") }
        Glibc.exit(failure.code.rawValue)
    }

    /// Nil for an error of the parser.
    init?(_ error: any Error) {
        switch error {
        case let failure as CommandFailure: self = failure
        case let error as ClientError: self.init(error.exitCode, error.description)
        case let error as ManifestError: self.init(.error, error.description)
        case let error as UsageError: self.init(.usage, error.description)
        case let error as OutputError: self.init(.error, error.description)
        default: return nil
        }
    }

    /// Help and versions are such errors too.
    private static func exit(forParserError error: any Error) -> Never {
        let text = Atollctl.fullMessage(for: error)
        guard Atollctl.exitCode(for: error).isSuccess else {
            Output.complain(text)
            Glibc.exit(Code.usage.rawValue)
        }
        Output.sayLastWords(text)
        Glibc.exit(0)
    }
}

extension ClientError {
    fileprivate var exitCode: CommandFailure.Code {
        switch code {
        case .timedOut: .notReady
        case .invalidServer: .usage
        case .failed(let failure): failure.code == .notFound ? .notFound : .error
        case .unreachable, .versionMismatch, .refused, .disconnected, .protocolViolation, .requestTooLarge: .error
        }
    }
}
