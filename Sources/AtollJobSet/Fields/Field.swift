/// One field of the Kubernetes API and what Atoll does with it.
public struct Field: Sendable {
    public enum Treatment: Equatable, Sendable {
        /// It means here what it means in Kubernetes.
        case honoured
        /// It says something that is true here anyway, or is only for reading: nothing to warn about.
        case accepted
        /// It does nothing here, harmlessly; the reason is a sentence without a full stop.
        case ignored(String)
        /// Leaving it out would change what runs; the reason says what to do instead.
        case refused(String)
    }

    public var name: String
    public var type: FieldType
    public var treatment: Treatment
    public var isRequired: Bool
    /// What the field is for, in a sentence; `explain` prints it.
    public private(set) var meaning = ""
    /// What is the case without the field, as the manifest would say it or in words; nil where nothing is.
    public private(set) var defaultText: String?
    /// The type's name in the Kubernetes API where `type` does not tell.
    public private(set) var typeName: String?

    init(name: String, type: FieldType, treatment: Treatment, isRequired: Bool) {
        self.name = name
        self.type = type
        self.treatment = treatment
        self.isRequired = isRequired
    }

    /// The same field, explained.
    func means(_ meaning: String, default defaultText: String? = nil, type typeName: String? = nil) -> Field {
        var field = self
        (field.meaning, field.defaultText, field.typeName) = (meaning, defaultText, typeName)
        return field
    }

    static func honoured(_ name: String, _ type: FieldType, required: Bool = false) -> Field {
        Field(name: name, type: type, treatment: .honoured, isRequired: required)
    }

    static func accepted(_ name: String, _ type: FieldType = .any) -> Field {
        Field(name: name, type: type, treatment: .accepted, isRequired: false)
    }

    static func ignored(_ name: String, _ type: FieldType, _ reason: String) -> Field {
        Field(name: name, type: type, treatment: .ignored(reason), isRequired: false)
    }

    static func ignored(_ name: String, _ reason: String) -> Field { .ignored(name, .any, reason) }

    static func refused(_ name: String, _ reason: String) -> Field {
        Field(name: name, type: .any, treatment: .refused(reason), isRequired: false)
    }
}

/// What a field may hold. `null` is the same as leaving the field out, as in Kubernetes.
public enum FieldType: Sendable {
    case any
    case text
    /// The number of something, or its name.
    case integerOrText
    case boolean
    case int32(minimum: Int32 = .min)
    case int64(minimum: Int64 = .min)
    /// One of these words; `refused` are words of the API that Atoll does not honour, with the reason.
    case choice([String], refused: [String: String] = [:])
    case texts
    case int32s(countMax: Int)
    /// Text keys to text values.
    case textMap
    /// A number, or text such as `1Gi`.
    case quantity
    /// Resource names to quantities.
    case quantities
    case object(FieldTable)
    /// A list of objects; `key` is the field that tells them apart.
    case objects(FieldTable, countMax: Int = .max, key: String? = nil)
}

/// All fields of one kind of object. Manifests are read through these tables and `explain` prints them.
public struct FieldTable: Sendable {
    /// `JobSpec`, `Container`: the type's name in the Kubernetes API.
    public var title: String
    /// By name.
    public var fields: [Field]

    init(_ title: String, _ fields: [Field]) {
        self.title = title
        self.fields = fields
    }

    public subscript(name: String) -> Field? { fields.first { $0.name == name } }
}
