import AtollYAML

/// Where a field is: `spec.replicatedJobs[0].template`.
struct FieldPath: CustomStringConvertible {
    enum Step {
        case field(String)
        case index(Int)
        /// An entry of a mapping whose keys are the user's: `limits[google.com/tpu]`.
        case key(String)
    }

    private(set) var steps: [Step] = []

    /// Fields from the top: `FieldPath("spec", "network")`.
    init(_ fields: String...) { steps = fields.map(Step.field) }

    func field(_ names: String...) -> FieldPath { appending(names.map(Step.field)) }
    func index(_ index: Int) -> FieldPath { appending([.index(index)]) }
    func key(_ key: String) -> FieldPath { appending([.key(key)]) }

    private func appending(_ more: [Step]) -> FieldPath {
        var path = self
        path.steps += more
        return path
    }

    var description: String {
        var text = ""
        for step in steps {
            switch step {
            case .field(let name): text += text.isEmpty ? name : "." + name
            case .index(let index): text += "[\(index)]"
            case .key(let key): text += "[\(key)]"
            }
        }
        return text
    }

    /// The field in a document, nil if it is left out, and its place, or that of what should hold it.
    func find(in document: YAMLNode) -> (node: YAMLNode?, mark: YAMLMark) {
        var node = document
        var mark = document.mark
        for step in steps {
            switch step {
            case .field(let name), .key(let name):
                guard let pair = node.pairs?.first(where: { $0.key == name }) else { return (nil, mark) }
                (node, mark) = (pair.value, pair.keyMark)
            case .index(let index):
                guard let items = node.items, items.indices.contains(index) else { return (nil, mark) }
                (node, mark) = (items[index], items[index].mark)
            }
        }
        return (node.isNull ? nil : node, mark)
    }
}
