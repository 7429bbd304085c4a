// Mirrors proto/atoll/v1/values.proto.
import AtollModel
import CAtollWire

extension PodID: WireValue {
    static func clear(_ c: UnsafeMutablePointer<Atoll__V1__PodId>) { atoll__v1__pod_id__init(c) }

    func write(to c: inout Atoll__V1__PodId, in arena: borrowing WireArena) {
        c.job = job.rawValue
        c.index = index
        c.replacement = replacement
    }

    init(wire c: Atoll__V1__PodId) throws(WireError) {
        self.init(job: JobID(rawValue: c.job), index: c.index, replacement: c.replacement)
    }
}

extension ObjectName: WireValue {
    static func clear(_ c: UnsafeMutablePointer<Atoll__V1__ObjectName>) { atoll__v1__object_name__init(c) }

    func write(to c: inout Atoll__V1__ObjectName, in arena: borrowing WireArena) {
        c.namespace_ = arena.text(namespace)
        c.name = arena.text(name)
    }

    init(wire c: Atoll__V1__ObjectName) throws(WireError) {
        let read = FieldReader("ObjectName")
        self.init(namespace: try read.text(c.namespace_, "namespace"), name: try read.text(c.name, "name"))
    }
}

/// One pair of `Labels`.
struct Label: WireValue {
    var key: String
    var value: String

    init(key: String, value: String) {
        self.key = key
        self.value = value
    }

    static func clear(_ c: UnsafeMutablePointer<Atoll__V1__Label>) { atoll__v1__label__init(c) }

    func write(to c: inout Atoll__V1__Label, in arena: borrowing WireArena) {
        c.key = arena.text(key)
        c.value = arena.text(value)
    }

    init(wire c: Atoll__V1__Label) throws(WireError) {
        let read = FieldReader("Label")
        self.init(key: try read.text(c.key, "key"), value: try read.text(c.value, "value"))
    }
}
