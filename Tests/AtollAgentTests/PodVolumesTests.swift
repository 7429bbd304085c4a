import AtollModel
import CAtollLinux
import Glibc
import Testing

@testable import AtollAgent

/// Volumes as containers see them, through the real supervisor.
@Suite struct PodVolumesTests {
    private let base: String
    private let pod: SupervisedPod

    init() throws {
        pod = try SupervisedPod([])
        base = pod.folder.path + "/../.."
        for name in ["claims", "host"] { try Files.makeFolder("\(base)/\(name)") }
    }

    /// Shown to this test alone.
    private var target: String { "\(base)/at" }

    private func claim(_ name: String = "data-js", uid: String = "u1") -> PodVolume.Source {
        .claim(VolumeClaimID(name: ObjectName(namespace: "team", name: name), uid: ObjectUID(uid)))
    }

    /// Runs one container for each script, with these volumes, and the claims below `claims`.
    private func run(
        _ scripts: [String],
        _ volumes: [String: PodVolume.Source],
        _ mounts: [VolumeMount],
        hasClaims: Bool = true
    ) throws -> PodExit? {
        try pod.replan(scripts.map { ["sh", "-ec", $0.replacing("$", with: "$$")] })
        var plan = try #require(try pod.folder.plan())
        plan.launch.volumes = volumes.keys.sorted().map { PodVolume(name: $0, source: volumes[$0] ?? claim()) }
        for index in scripts.indices { plan.launch.containers[index].mounts = mounts }
        try pod.folder.create(plan)
        if hasClaims { try pod.folder.write(claims: "\(base)/claims") }
        let exit = try pod.run()
        guard !exit.message.contains("namespaces, which are refused") else {
            print("skipped, namespaces are not permitted here: \(exit.message)")
            return nil
        }
        return exit
    }

    private func expectNotMounted(_ path: String) throws {
        let mounts = try #require(try Files.readText("/proc/self/mounts"))
        #expect(!mounts.contains(path))
    }

    @Test func `containers of a pod share its folder, which nobody else sees, and which goes with the pod`() throws {
        let mount = VolumeMount(volume: "own", path: "\(target)/deep/er")
        let writer = "echo hello > \(mount.path)/new; mv \(mount.path)/new \(mount.path)/word"
        let reader = "while ! [ -e \(mount.path)/word ]; do sleep 0.02; done; cat \(mount.path)/word"
        let own = PodVolume.Source.emptyDirectory(inMemory: false, sizeMax: nil)
        guard let exit = try run([writer, reader], ["own": own], [mount]) else { return }
        #expect(exit.succeeded, "\(exit)")
        #expect(try pod.output() == "hello\n")
        #expect(try Files.names(in: mount.path) == [])
        #expect(try Files.readText(pod.folder.volumesPath + "/own/word") == "hello\n")
        try expectNotMounted(mount.path)
        try pod.folder.remove()
        #expect(access(pod.folder.path, F_OK) != 0)
    }

    @Test func `memory has its size, is shared, and leaves nothing behind`() throws {
        let mount = VolumeMount(volume: "memory", path: target)
        let script = """
            stat -f -c %T \(target)
            df -B1 --output=size \(target) | tail -n 1 | tr -d ' '
            echo x > \(target)/file; chmod 777 \(target)
            """
        let memory = PodVolume.Source.emptyDirectory(inMemory: true, sizeMax: 1 << 20)
        guard let exit = try run([script], ["memory": memory], [mount]) else { return }
        #expect(exit.succeeded, "\(exit)")
        #expect(try pod.output() == "tmpfs\n1048576\n")
        #expect(try Files.names(in: pod.folder.volumesPath + "/memory") == [])
        try expectNotMounted(target)
    }

    @Test func `a read-only mount cannot be written to, at another path the volume can`() throws {
        let mounts = [
            VolumeMount(volume: "host", path: "\(target)/read", isReadOnly: true),
            VolumeMount(volume: "host", path: "\(target)/write"),
        ]
        let script = """
            echo hello > \(target)/write/word; cat \(target)/read/word
            if touch \(target)/read/other 2>/dev/null; then echo written; fi
            """
        guard let exit = try run([script], ["host": .hostPath("\(base)/host", .directory)], mounts) else { return }
        #expect(exit.succeeded, "\(exit)")
        #expect(try pod.output() == "hello\n")
        #expect(try Files.readText("\(base)/host/word") == "hello\n")
    }

    @Test func `a file is mounted on a file, and a mount may be inside another`() throws {
        try Files.overwrite("\(base)/host/settings", with: "settings\n".utf8, mode: 0o644)
        let mounts = [
            VolumeMount(volume: "file", path: "\(target)/inner/file"), VolumeMount(volume: "own", path: target),
        ]
        let volumes: [String: PodVolume.Source] = [
            "file": .hostPath("\(base)/host/settings", .file), "own": .emptyDirectory(inMemory: false, sizeMax: nil),
        ]
        guard let exit = try run(["cat \(target)/inner/file; ls \(target)"], volumes, mounts) else { return }
        #expect(exit.succeeded, "\(exit)")
        #expect(try pod.output() == "settings\ninner\n")
    }

    @Test func `a part of a volume is made, and does not lead out of it`() throws {
        #expect(symlink("/etc", "\(base)/host/out") == 0)
        #expect(symlink("inside", "\(base)/host/in") == 0)
        try Files.makeFolder("\(base)/host/inside")
        let host = PodVolume.Source.hostPath("\(base)/host", .any)
        let parts = [
            VolumeMount(volume: "host", path: "\(target)/a", subPath: "x//y/z"),
            VolumeMount(volume: "host", path: "\(target)/b", subPath: "in"),
        ]
        guard let exit = try run(["touch \(target)/a/one \(target)/b/two"], ["host": host], parts) else { return }
        #expect(exit.succeeded, "\(exit)")
        #expect(try Files.names(in: "\(base)/host/x/y/z") == ["one"])
        #expect(try Files.names(in: "\(base)/host/inside") == ["two"])
    }

    @Test(arguments: ["out", "out/new", "../claims", "missing/../../claims"])
    func `a part that leads out of its volume fails the start`(part: String) throws {
        #expect(symlink("/etc", "\(base)/host/out") == 0)
        let mount = VolumeMount(volume: "host", path: target, subPath: part)
        guard let exit = try run(["true"], ["host": .hostPath("\(base)/host", .any)], [mount]) else { return }
        #expect(exit.cause == .startFailed)
        let where_ = "cannot start container c0: volume host at \(target): subPath \(part) in"
        #expect(exit.message.contains(where_), "\(exit.message)")
        #expect(access("/etc/new", F_OK) != 0)
    }

    @Test func `the command and its folder may be in a volume`() throws {
        try Files.overwrite("\(base)/host/tool", with: "#!/bin/sh\npwd\n".utf8, mode: 0o755)
        let mount = VolumeMount(volume: "host", path: target)
        guard try run(["true"], ["host": .hostPath("\(base)/host", .any)], [mount]) != nil else { return }
        let second = try SupervisedPod([["tool"]]) { plan in
            plan.launch.volumes = [PodVolume(name: "host", source: .hostPath("\(base)/host", .any))]
            plan.launch.containers[0].mounts = [mount]
            plan.launch.containers[0].workingDirectory = target
            plan.launch.containers[0].env = [
                EnvironmentVariable(name: "PATH", source: .value("\(target):/usr/bin:/bin"))
            ]
        }
        #expect(try second.run().succeeded)
        #expect(try second.output().hasSuffix("/at\n"))
    }

    @Test(arguments: [
        (PodVolume.HostPathType.any, "cannot use"), (.directory, "cannot use"), (.file, "cannot use"),
        (.socket, "cannot use"), (.characterDevice, "cannot use"), (.blockDevice, "cannot use"),
    ])
    func `what is not on the host fails the start`(type: PodVolume.HostPathType, words: String) throws {
        let mount = VolumeMount(volume: "host", path: target)
        let exit = try run(["true"], ["host": .hostPath("\(base)/nothing", type)], [mount])
        #expect(exit?.cause == .startFailed)
        #expect(exit?.message.hasPrefix("cannot prepare volume host: \(words) \(base)/nothing") == true)
    }

    @Test func `each kind of path is told from the others, and two are made`() throws {
        let socket = Glibc.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(socket) }
        let paths: [(PodVolume.HostPathType, String)] = [
            (.directory, "/etc"), (.file, "/etc/hosts"), (.characterDevice, "/dev/null"),
            (.directoryOrCreate, "\(base)/made/deep"), (.fileOrCreate, "\(base)/made/file"),
        ]
        for (type, path) in paths { try HostPathCheck(path).require(type) }
        for (type, path) in paths {
            for (other, wrong) in paths where path != wrong && !isAlike(type, other) {
                let error = #expect(throws: AgentError.self) { try HostPathCheck(wrong).require(type) }
                #expect(error?.message.contains(wrong) == true)
            }
        }
        #expect(throws: AgentError.self) { try HostPathCheck("/dev/null").require(.socket) }
        #expect(throws: AgentError.self) { try HostPathCheck("/dev/null").require(.blockDevice) }
    }

    private func isAlike(_ type: PodVolume.HostPathType, _ other: PodVolume.HostPathType) -> Bool {
        let folders: Set<PodVolume.HostPathType> = [.directory, .directoryOrCreate]
        let files: Set<PodVolume.HostPathType> = [.file, .fileOrCreate]
        return folders.isSuperset(of: [type, other]) || files.isSuperset(of: [type, other])
    }

    @Test func `a claim is a folder that outlives the pod, with its uid in it`() throws {
        let mount = VolumeMount(volume: "data", path: target)
        guard let exit = try run(["echo kept > \(target)/word"], ["data": claim()], [mount]) else { return }
        #expect(exit.succeeded, "\(exit)")
        let folder = "\(base)/claims/team/data-js"
        #expect(try Files.readText("\(folder)/word") == "kept\n")
        #expect(try Files.readText("\(folder)/.atoll-claim") == "u1\n")
        #expect(try Files.names(in: "\(base)/claims/team") == ["data-js"])
    }

    @Test func `a host without a folder for claims says what to configure`() throws {
        let exit = try run(["true"], ["data": claim()], [], hasClaims: false)
        #expect(exit?.cause == .startFailed)
        #expect(
            exit?.message.contains("volume data: this host has no folder for claims; name one as volumeClaims") == true
        )
    }

    @Test func `a mount point that cannot be made names container, volume and path`() throws {
        let mount = VolumeMount(volume: "host", path: "/proc/nothing/here")
        guard let exit = try run(["true"], ["host": .hostPath("\(base)/host", .any)], [mount]) else { return }
        #expect(exit.cause == .startFailed)
        let words = "start container c0: volume host at /proc/nothing/here: the mount point cannot be made"
        #expect(exit.message.contains(words), "\(exit.message)")
    }
}
