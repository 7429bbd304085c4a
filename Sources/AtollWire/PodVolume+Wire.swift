// Mirrors PodVolume and VolumeMount in proto/atoll/v1/container.proto.
import AtollModel
import CAtollWire

extension PodVolume: WireValue {
    static func clear(_ c: UnsafeMutablePointer<Atoll__V1__PodVolume>) { atoll__v1__pod_volume__init(c) }

    func write(to c: inout Atoll__V1__PodVolume, in arena: borrowing WireArena) {
        c.name = arena.text(name)
        switch source {
        case .emptyDirectory(let inMemory, let sizeMax):
            c.source_case = ATOLL__V1__POD_VOLUME__SOURCE_EMPTY_DIRECTORY
            c.empty_directory = arena.message(EmptyDirectory(inMemory: inMemory, sizeMax: sizeMax))
        case .hostPath(let path, let type):
            c.source_case = ATOLL__V1__POD_VOLUME__SOURCE_HOST_PATH
            c.host_path = arena.message(HostPath(path: path, type: type))
        case .claim(let claim):
            c.source_case = ATOLL__V1__POD_VOLUME__SOURCE_CLAIM
            c.claim = arena.message(claim)
        }
    }

    init(wire c: Atoll__V1__PodVolume) throws(WireError) {
        let read = FieldReader("PodVolume")
        let name = try read.text(c.name, "name")
        switch c.source_case {
        case ATOLL__V1__POD_VOLUME__SOURCE_EMPTY_DIRECTORY:
            let folder: EmptyDirectory = try read.message(c.empty_directory, "empty_directory")
            let source = Source.emptyDirectory(inMemory: folder.inMemory, sizeMax: folder.sizeMax)
            self.init(name: name, source: source)
        case ATOLL__V1__POD_VOLUME__SOURCE_HOST_PATH:
            let host: HostPath = try read.message(c.host_path, "host_path")
            self.init(name: name, source: .hostPath(host.path, host.type))
        case ATOLL__V1__POD_VOLUME__SOURCE_CLAIM:
            self.init(name: name, source: .claim(try read.message(c.claim, "claim")))
        default: throw read.missing("source")
        }
    }
}

/// `PodVolume.Source.emptyDirectory` as a message.
struct EmptyDirectory: WireValue {
    var inMemory: Bool
    var sizeMax: UInt64?

    init(inMemory: Bool, sizeMax: UInt64?) {
        self.inMemory = inMemory
        self.sizeMax = sizeMax
    }

    static func clear(_ c: UnsafeMutablePointer<Atoll__V1__EmptyDirectory>) { atoll__v1__empty_directory__init(c) }

    func write(to c: inout Atoll__V1__EmptyDirectory, in arena: borrowing WireArena) {
        c.in_memory = inMemory ? 1 : 0
        guard let sizeMax else { return }
        c.size_max_presence_case = ATOLL__V1__EMPTY_DIRECTORY__SIZE_MAX_PRESENCE_SIZE_MAX
        c.size_max = sizeMax
    }

    init(wire c: Atoll__V1__EmptyDirectory) {
        let hasSize = c.size_max_presence_case == ATOLL__V1__EMPTY_DIRECTORY__SIZE_MAX_PRESENCE_SIZE_MAX
        self.init(inMemory: c.in_memory != 0, sizeMax: hasSize ? c.size_max : nil)
    }
}

/// `PodVolume.Source.hostPath` as a message.
struct HostPath: WireValue {
    var path: String
    var type: PodVolume.HostPathType

    init(path: String, type: PodVolume.HostPathType) {
        self.path = path
        self.type = type
    }

    static func clear(_ c: UnsafeMutablePointer<Atoll__V1__HostPath>) { atoll__v1__host_path__init(c) }

    func write(to c: inout Atoll__V1__HostPath, in arena: borrowing WireArena) {
        c.path = arena.text(path)
        c.type = type.wire
    }

    init(wire c: Atoll__V1__HostPath) throws(WireError) {
        let read = FieldReader("HostPath")
        self.init(path: try read.text(c.path, "path"), type: try read.choice(c.type, "type"))
    }
}

extension PodVolume.HostPathType: WireEnum {
    var wire: Atoll__V1__HostPath__Type {
        switch self {
        case .any: ATOLL__V1__HOST_PATH__TYPE__ANY
        case .directoryOrCreate: ATOLL__V1__HOST_PATH__TYPE__DIRECTORY_OR_CREATE
        case .directory: ATOLL__V1__HOST_PATH__TYPE__DIRECTORY
        case .fileOrCreate: ATOLL__V1__HOST_PATH__TYPE__FILE_OR_CREATE
        case .file: ATOLL__V1__HOST_PATH__TYPE__FILE
        case .socket: ATOLL__V1__HOST_PATH__TYPE__SOCKET
        case .characterDevice: ATOLL__V1__HOST_PATH__TYPE__CHARACTER_DEVICE
        case .blockDevice: ATOLL__V1__HOST_PATH__TYPE__BLOCK_DEVICE
        }
    }
}

extension VolumeClaimID: WireValue {
    static func clear(_ c: UnsafeMutablePointer<Atoll__V1__VolumeClaim>) { atoll__v1__volume_claim__init(c) }

    func write(to c: inout Atoll__V1__VolumeClaim, in arena: borrowing WireArena) {
        c.name = arena.message(name)
        c.uid = arena.text(uid.text)
    }

    init(wire c: Atoll__V1__VolumeClaim) throws(WireError) {
        let read = FieldReader("VolumeClaim")
        self.init(name: try read.message(c.name, "name"), uid: ObjectUID(try read.text(c.uid, "uid")))
    }
}

extension VolumeMount: WireValue {
    static func clear(_ c: UnsafeMutablePointer<Atoll__V1__VolumeMount>) { atoll__v1__volume_mount__init(c) }

    func write(to c: inout Atoll__V1__VolumeMount, in arena: borrowing WireArena) {
        c.volume = arena.text(volume)
        c.path = arena.text(path)
        c.sub_path = arena.text(subPath)
        c.read_only = isReadOnly ? 1 : 0
    }

    init(wire c: Atoll__V1__VolumeMount) throws(WireError) {
        let read = FieldReader("VolumeMount")
        self.init(
            volume: try read.text(c.volume, "volume"),
            path: try read.text(c.path, "path"),
            subPath: try read.text(c.sub_path, "sub_path"),
            isReadOnly: c.read_only != 0
        )
    }
}
