// Mirrors what AdminReply carries of an apply and of a failure in proto/atoll/v1/admin.proto.
import AtollModel
import CAtollWire

extension AdminReply.Change: WireEnum {
    var wire: Atoll__V1__AdminChanged__Change {
        switch self {
        case .added: ATOLL__V1__ADMIN_CHANGED__CHANGE__ADDED
        case .modified: ATOLL__V1__ADMIN_CHANGED__CHANGE__MODIFIED
        case .deleted: ATOLL__V1__ADMIN_CHANGED__CHANGE__DELETED
        }
    }
}

extension ApplyResult: WireValue {
    static func clear(_ c: UnsafeMutablePointer<Atoll__V1__ApplyResult>) { atoll__v1__apply_result__init(c) }

    func write(to c: inout Atoll__V1__ApplyResult, in arena: borrowing WireArena) {
        c.kind = arena.text(kind)
        c.name = arena.message(name)
        c.action = action.wire
        (c.n_warnings, c.warnings) = arena.texts(warnings)
    }

    init(wire c: Atoll__V1__ApplyResult) throws(WireError) {
        let read = FieldReader("ApplyResult")
        self.init(
            kind: try read.text(c.kind, "kind"),
            name: try read.message(c.name, "name"),
            action: try read.choice(c.action, "action"),
            warnings: try read.texts(c.warnings, c.n_warnings, "warnings")
        )
    }
}

extension ApplyResult.Action: WireEnum {
    var wire: Atoll__V1__ApplyResult__Action {
        switch self {
        case .created: ATOLL__V1__APPLY_RESULT__ACTION__CREATED
        case .configured: ATOLL__V1__APPLY_RESULT__ACTION__CONFIGURED
        case .unchanged: ATOLL__V1__APPLY_RESULT__ACTION__UNCHANGED
        }
    }
}

extension AdminFailure: WireValue {
    static func clear(_ c: UnsafeMutablePointer<Atoll__V1__AdminFailure>) { atoll__v1__admin_failure__init(c) }

    func write(to c: inout Atoll__V1__AdminFailure, in arena: borrowing WireArena) {
        c.code = code.wire
        c.message = arena.text(message)
        (c.n_causes, c.causes) = arena.messages(causes)
    }

    init(wire c: Atoll__V1__AdminFailure) throws(WireError) {
        let read = FieldReader("AdminFailure")
        self.init(
            code: try read.choice(c.code, "code"),
            message: try read.text(c.message, "message"),
            causes: try read.messages(c.causes, c.n_causes)
        )
    }
}

extension AdminFailure.Code: WireEnum {
    var wire: Atoll__V1__AdminFailure__Code {
        switch self {
        case .invalid: ATOLL__V1__ADMIN_FAILURE__CODE__INVALID
        case .notFound: ATOLL__V1__ADMIN_FAILURE__CODE__NOT_FOUND
        case .conflict: ATOLL__V1__ADMIN_FAILURE__CODE__CONFLICT
        case .limitReached: ATOLL__V1__ADMIN_FAILURE__CODE__LIMIT_REACHED
        case .unavailable: ATOLL__V1__ADMIN_FAILURE__CODE__UNAVAILABLE
        }
    }
}

extension AdminFailure.Cause: WireValue {
    static func clear(_ c: UnsafeMutablePointer<Atoll__V1__AdminFailureCause>) {
        atoll__v1__admin_failure_cause__init(c)
    }

    func write(to c: inout Atoll__V1__AdminFailureCause, in arena: borrowing WireArena) {
        c.field = arena.text(field)
        c.message = arena.text(message)
        c.line = line
        c.column = column
    }

    init(wire c: Atoll__V1__AdminFailureCause) throws(WireError) {
        let read = FieldReader("AdminFailureCause")
        self.init(
            field: try read.text(c.field, "field"),
            message: try read.text(c.message, "message"),
            line: c.line,
            column: c.column
        )
    }
}
