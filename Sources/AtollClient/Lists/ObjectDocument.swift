public import AtollYAML

/// Objects in the forms for machines.
public enum ObjectDocument {
    /// One object as it is, several as a `kind: List`.
    public static func node(_ objects: [YAMLNode], isList: Bool) -> YAMLNode {
        if !isList, objects.count == 1 { return objects[0] }
        return .map([("apiVersion", .string("v1")), ("kind", .string("List")), ("items", .list(objects))])
    }
}
