/// How a state looks where colours are wanted. The word always says the same.
public enum Style: Equatable, Sendable {
    case good, attention, bad
    /// Where in a text what follows is.
    case place

    /// By the state words of all kinds of objects; nil for those that are neither good nor bad.
    init?(state: String) {
        switch state {
        case "Running", "Ready", "Completed", "Complete", "Succeeded", "Free": self = .good
        case "Waiting", "Starting", "Restarting", "Pending", "Joining", "Reconnecting", "Suspended", "Deleting",
            "Terminating", "Stopping", "Cordoned", "Cleaning", "Closed", "Degraded", "Blocked", "Active", "NotReady",
            "Warning":
            self = .attention
        case "Failed", "Offline", "Lost", "Unusable", "Unknown": self = .bad
        default: return nil
        }
    }

    /// SGR parameters of ECMA-48, section 8.3.117.
    private var parameters: String {
        switch self {
        case .good: "32"
        case .attention: "33"
        case .bad: "31"
        case .place: "36"
        }
    }

    func applied(to text: String) -> String { "\u{1B}[\(parameters)m\(text)\u{1B}[0m" }
}

/// The user's wish for colours.
public enum ColorChoice: String, CaseIterable, Sendable {
    case always, never, auto

    /// - Parameter noColor: the value of `NO_COLOR`; anything but empty forbids colours (no-color.org).
    public func isOn(isTerminal: Bool, noColor: String?) -> Bool {
        switch self {
        case .always: true
        case .never: false
        case .auto: isTerminal && (noColor ?? "").isEmpty
        }
    }
}

extension String {
    /// Without characters that a terminal would obey: an object's text must not move the cursor.
    var printable: String {
        guard unicodeScalars.contains(where: \.isControl) else { return self }
        return String(String.UnicodeScalarView(unicodeScalars.map { $0.isControl ? " " : $0 }))
    }

    /// At most `length` characters, the last of which is an ellipsis if some are missing.
    func shortened(to length: Int) -> String {
        count <= length ? self : prefix(max(0, length - 1)) + "…"
    }
}

extension Unicode.Scalar {
    fileprivate var isControl: Bool { value < 0x20 || (0x7F...0x9F).contains(value) }
}
