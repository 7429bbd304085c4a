public import AtollModel

/// Why a request was not carried out.
public struct ClientError: Error, Equatable, Sendable, CustomStringConvertible {
    public enum Code: Equatable, Sendable {
        /// Not a path, nor HOST:PORT.
        case invalidServer
        /// Nobody listens there, or we may not connect.
        case unreachable
        /// Client and coordinator speak no common version of the protocol.
        case versionMismatch
        /// More bytes than one message may have.
        case requestTooLarge
        /// The coordinator does not want this connection.
        case refused
        /// The connection was lost; whether the last request was carried out is unknown.
        case disconnected
        /// The coordinator sent what makes no sense.
        case protocolViolation
        /// The time given to the request is over.
        case timedOut
        /// The coordinator's own answer.
        case failed(AdminFailure)
    }

    public let code: Code
    /// What failed, why, and where there is one, the next command to type.
    public let description: String

    init(_ code: Code, _ description: String) {
        self.code = code
        self.description = description
    }
}

extension ClientError {
    static func unreachable(_ server: String, _ reason: String, isForbidden: Bool = false) -> ClientError {
        let remedy =
            isForbidden
            ? "try again with sudo, or join the group that the socket belongs to"
            : "is atoll-coordinator running? systemctl status atoll-coordinator"
        return ClientError(.unreachable, "cannot reach the coordinator at \(server): \(reason); \(remedy)")
    }

    static func refused(_ refusal: Refusal) -> ClientError {
        let isVersion = refusal.code == .versionUnsupported
        let remedy = isVersion ? "; install the atollctl of the coordinator's release" : ""
        return ClientError(
            isVersion ? .versionMismatch : .refused,
            "the coordinator refused the connection: \(refusal.message)\(remedy)"
        )
    }

    static func versionMismatch(ours: VersionRange, theirs: Welcome) -> ClientError {
        let spoken = ours.oldest == ours.newest ? "\(ours.newest)" : "\(ours.oldest) to \(ours.newest)"
        return ClientError(
            .versionMismatch,
            "the coordinator (Atoll \(theirs.software)) chose protocol version \(theirs.version), this atollctl "
                + "(Atoll \(AtollVersion.current)) speaks \(spoken); install the atollctl of the coordinator's release"
        )
    }

    static func disconnected(_ server: String, _ reason: String) -> ClientError {
        ClientError(
            .disconnected,
            "the connection to the coordinator at \(server) broke: \(reason); what was asked for may or may not "
                + "have been done; look with atollctl get jobsets and try again"
        )
    }

    static let requestTooLarge = ClientError(
        .requestTooLarge,
        "the request is longer than the coordinator accepts (16 MiB); split the manifest into several files"
    )

    static func protocolViolation(_ what: String) -> ClientError {
        ClientError(.protocolViolation, "the coordinator's answer makes no sense: \(what)")
    }

    static func failed(_ failure: AdminFailure) -> ClientError { ClientError(.failed(failure), failure.message) }
}
