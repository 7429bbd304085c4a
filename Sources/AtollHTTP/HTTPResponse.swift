public struct HTTPResponse: Equatable, Sendable {
    public var status: Int
    /// A media type, with its parameters.
    public var contentType: String
    public var body: String

    public init(status: Int = 200, contentType: String = "text/plain; charset=utf-8", body: String) {
        self.status = status
        self.contentType = contentType
        self.body = body
    }

    public static let notFound = HTTPResponse(status: 404, body: "not found\n")
}
