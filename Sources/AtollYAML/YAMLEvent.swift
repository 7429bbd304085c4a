/// What libyaml's parser says, in Swift values. Source: `yaml.h`, `yaml_event_t`.
struct YAMLEvent {
    enum Kind {
        case streamStart, streamEnd, documentStart, documentEnd, sequenceEnd, mappingEnd
        case sequenceStart(Properties)
        case mappingStart(Properties)
        case scalar(String, isPlain: Bool, Properties)
        case alias(String)
    }

    /// `&anchor` and `!tag` before a node; the tag with its prefix resolved.
    struct Properties {
        var anchor: String?
        var tag: String?
    }

    var kind: Kind
    var mark: YAMLMark
}
