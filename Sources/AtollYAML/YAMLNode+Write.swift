extension YAMLNode {
    /// Block-style YAML as `kubectl -o yaml` prints it, ending in a newline: two spaces, lists not indented under their
    /// key. Reading it gives an equal value, for keys of up to 1000 bytes.
    public var yamlText: String {
        var writer = YAMLWriter()
        writer.writeDocument(self)
        return writer.text
    }

    /// JSON, in one line, or with two spaces and an ending newline when `pretty`.
    public func jsonText(pretty: Bool = false) -> String {
        var writer = JSONWriter(isPretty: pretty)
        writer.writeDocument(self)
        return writer.text
    }
}
