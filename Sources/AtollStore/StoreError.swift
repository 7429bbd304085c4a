/// Why a store cannot be opened, read or written.
public struct StoreError: Error, Equatable, Sendable, CustomStringConvertible {
    public enum Code: String, CaseIterable, Sendable {
        /// The file or its folder cannot be made or opened.
        case cannotOpen
        /// Another process, or another part of this one, has it open.
        case inUse
        /// It is something else than a store of Atoll.
        case foreign
        /// A part of it cannot be read back as it was written.
        case corrupt
        /// A new file was to be written where one is already.
        case exists
        /// A newer release has changed its form.
        case newerRelease
        /// No space is left on its medium.
        case full
        case readOnly
        /// The medium failed.
        case io
        /// It was given back before.
        case closed
    }

    public var code: Code
    /// Which store, what is wrong with it, and what to do.
    public var message: String

    public init(code: Code, message: String) {
        self.code = code
        self.message = message
    }

    public var description: String { message }
}
