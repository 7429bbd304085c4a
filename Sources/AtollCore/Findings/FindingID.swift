import AtollModel

/// Tells one finding about a host from the others.
public struct FindingID: Equatable, Sendable, Codable {
    let code: Finding.Code
    let subject: String
}
