import AtollClient
import AtollModel
import AtollYAML
import Testing

struct ObjectListTests {
    private func text(
        _ kind: ObjectKind,
        _ objects: [YAMLNode],
        isWide: Bool = false,
        showsNamespace: Bool = false
    ) throws -> String {
        let context = ListContext(now: Samples.now, islands: try Samples.islands())
        var list = ObjectList(kind, context: context, isWide: isWide, showsNamespace: showsNamespace)
        for object in objects { list.append(object) }
        return (list.lines() + [list.summary].compactMap(\.self)).text
    }

    @Test func `JobSets show their islands, or why they wait as far as the line goes`() throws {
        let waiting = try Samples.jobSet(name: "llama", placement: Samples.waiting)
        let text = try text(.jobsets, [try Samples.jobSet(), waiting])
        #expect(
            text == """
                NAME         STATE      READY   RESTARTS   AGE     ISLANDS
                multislice   Starting     3/4          0   3m10s   slice-[1-2]
                llama        Waiting      3/4          0   3m10s   (needs 5 free islands under …
                """
        )
        #expect(text.split(separator: "\n").allSatisfy { $0.count <= 80 })
    }

    @Test func `the wide form shortens nothing`() throws {
        let waiting = try Samples.jobSet(name: "llama", placement: Samples.waiting)
        let text = try text(.jobsets, [try Samples.jobSet(), waiting], isWide: true)
        #expect(
            text == """
                NAME         STATE      READY   RESTARTS   AGE     ISLANDS
                multislice   Starting     3/4          0   3m10s   slice-[1-2]
                llama        Waiting      3/4          0   3m10s   (needs 5 free islands under cloud.google.com/gke-nodepool, 4 are free)
                """
        )
    }

    @Test func `objects of all namespaces begin with theirs`() throws {
        let waiting = try Samples.jobSet(name: "llama", placement: Samples.waiting)
        let text = try text(.jobsets, [try Samples.jobSet(), waiting], showsNamespace: true)
        #expect(
            text == """
                NAMESPACE   NAME         STATE      READY   RESTARTS   AGE     ISLANDS
                default     multislice   Starting     3/4          0   3m10s   slice-[1-2]
                default     llama        Waiting      3/4          0   3m10s   (needs 5 free is…
                """
        )
        #expect(text.split(separator: "\n").allSatisfy { $0.count <= 80 })
    }

    @Test func `jobs show their pods and island`() throws {
        let text = try text(.jobs, [try Samples.job(0), try Samples.job(1, state: "Active", ready: 1)])
        #expect(
            text == """
                NAME                   STATE    PODS   RESTARTS   ISLAND    AGE
                multislice-workers-0   Ready     2/2          0   slice-1   3m10s
                multislice-workers-1   Active    1/2          0   slice-2   3m10s
                """
        )
        #expect(text.split(separator: "\n").allSatisfy { $0.count <= 80 })
    }

    @Test(arguments: [("True", "Running"), ("False", "NotReady")])
    func `a pod that runs shows whether it is ready`(ready: String, state: String) throws {
        let status = #""phase":"Running","conditions":[{"type":"Ready","status":"\#(ready)"}]"#
        #expect(try text(.pods, [try Samples.pod(job: 0, index: 0, status: status)]).contains(" \(state) "))
    }

    @Test func `pods show where they run and how they ended`() throws {
        let text = try text(.pods, try Samples.pods())
        #expect(
            text == """
                NAME                     STATE     HOST    ISLAND    DEVICES   EXIT   AGE
                multislice-workers-0-0   Running   tpu-1   slice-1   0-3          -   3m
                multislice-workers-0-1   Running   tpu-2   slice-1   0-3          -   3m
                multislice-workers-1-0   Running   tpu-3   slice-2   0-3          -   3m
                multislice-workers-1-1   Failed    tpu-4   slice-2   0-3        137   5s
                """
        )
        #expect(text.split(separator: "\n").allSatisfy { $0.count <= 80 })
    }

    @Test func `the wide form of pods adds addresses and restarts`() throws {
        let text = try text(.pods, try Samples.pods(), isWide: true)
        #expect(
            text == """
                NAME                     STATE     HOST    ISLAND    IP          DEVICES   EXIT   RESTARTS   AGE
                multislice-workers-0-0   Running   tpu-1   slice-1   127.0.1.1   0-3          -          0   3m
                multislice-workers-0-1   Running   tpu-2   slice-1   127.0.1.2   0-3          -          0   3m
                multislice-workers-1-0   Running   tpu-3   slice-2   127.0.1.3   0-3          -          0   3m
                multislice-workers-1-1   Failed    tpu-4   slice-2   127.0.1.4   0-3        137          0   5s
                """
        )
    }

    @Test func `hosts show free devices, their island and who has claimed them`() throws {
        let text = try text(.hosts, try Samples.hosts())
        #expect(
            text == """
                NAME    STATE     DEVICES   MODEL     ISLAND    JOB                    FINDINGS
                tpu-1   Ready         0/4   TPU v5e   slice-1   multislice-workers-0   -
                tpu-2   Ready         0/4   TPU v5e   slice-1   multislice-workers-0   -
                tpu-3   Ready         0/4   TPU v5e   slice-2   multislice-workers-1   -
                tpu-4   Ready         0/4   TPU v5e   slice-2   multislice-workers-1   -
                tpu-5   Ready         4/4   TPU v5e   slice-3   -                      -
                tpu-6   Offline       4/4   TPU v5e   -         -                      -
                """
        )
        #expect(text.split(separator: "\n").allSatisfy { $0.count <= 80 })
    }

    @Test func `hosts show how many findings there are, as far as there is room`() throws {
        let hosts = [
            try Samples.host(1, job: 0, more: Samples.findings("error", "warning", "warning")),
            try Samples.host(2, job: nil, more: Samples.findings("notice")),
        ]
        let lines = try text(.hosts, hosts).split(separator: "\n")
        #expect(lines[1].hasSuffix("multislice-workers-0   1 error, 2 warn…"))
        #expect(lines[2].hasSuffix("   -                      1 notice"))
        #expect(try text(.hosts, hosts, isWide: true).contains("   1 error, 2 warnings   127.0.1.1"))
    }

    @Test func `the wide form of hosts adds the machine`() throws {
        let text = try text(.hosts, try Samples.hosts(), isWide: true)
        #expect(
            text == """
                NAME    STATE     DEVICES   MODEL     ISLAND    JOB                    FINDINGS   ADDRESS     CPUS   KERNEL           AGENT   HEARD   POD LEASE
                tpu-1   Ready         0/4   TPU v5e   slice-1   multislice-workers-0   -          127.0.1.1    112   6.1.0-32-amd64   0.1.0   2s      -
                tpu-2   Ready         0/4   TPU v5e   slice-1   multislice-workers-0   -          127.0.1.2    112   6.1.0-32-amd64   0.1.0   2s      -
                tpu-3   Ready         0/4   TPU v5e   slice-2   multislice-workers-1   -          127.0.1.3    112   6.1.0-32-amd64   0.1.0   2s      -
                tpu-4   Ready         0/4   TPU v5e   slice-2   multislice-workers-1   -          127.0.1.4    112   6.1.0-32-amd64   0.1.0   2s      -
                tpu-5   Ready         4/4   TPU v5e   slice-3   -                      -          127.0.1.5    112   6.1.0-32-amd64   0.1.0   2s      -
                tpu-6   Offline       4/4   TPU v5e   -         -                      -          127.0.1.6    112   6.1.0-32-amd64   0.1.0   2s      -
                """
        )
    }

    @Test func `islands end with what they come to`() throws {
        let text = try text(.islands, try Samples.islands())
        #expect(
            text == """
                ISLAND    KEY            HOSTS   DEVICES   STATE     JOB
                slice-1   gke-nodepool     2/2       0/8   Claimed   multislice-workers-0
                slice-2   gke-nodepool     2/2       0/8   Claimed   multislice-workers-1
                slice-3   gke-nodepool     1/1       4/4   Free      -
                3 islands: 2 claimed, 1 free; largest free: 4 devices (slice-3)
                """
        )
        #expect(text.split(separator: "\n").allSatisfy { $0.count <= 80 })
    }

    @Test func `the wide form of islands names the hosts`() throws {
        let text = try text(.islands, try Samples.islands(), isWide: true)
        #expect(
            text == """
                ISLAND    KEY            HOSTS   DEVICES   STATE     MODEL     JOB                    HOST NAMES
                slice-1   gke-nodepool     2/2       0/8   Claimed   TPU v5e   multislice-workers-0   tpu-[1-2]
                slice-2   gke-nodepool     2/2       0/8   Claimed   TPU v5e   multislice-workers-1   tpu-[3-4]
                slice-3   gke-nodepool     1/1       4/4   Free      TPU v5e   -                      tpu-5
                3 islands: 2 claimed, 1 free; largest free: 4 devices (slice-3)
                """
        )
    }

    @Test func `devices show which pod has them`() throws {
        let text = try text(.devices, try Samples.devices(host: 1, pod: "multislice-workers-0-0"))
        #expect(
            text == """
                NAME      STATE   MODEL     NUMA   POD
                tpu-1/0   InUse   TPU v5e      0   multislice-workers-0-0
                tpu-1/1   InUse   TPU v5e      0   multislice-workers-0-0
                tpu-1/2   InUse   TPU v5e      1   multislice-workers-0-0
                tpu-1/3   InUse   TPU v5e      1   multislice-workers-0-0
                """
        )
        #expect(text.split(separator: "\n").allSatisfy { $0.count <= 80 })
    }

    @Test func `the wide form of devices adds the bus`() throws {
        let text = try text(.devices, try Samples.devices(host: 1, pod: nil), isWide: true)
        #expect(
            text == """
                NAME      STATE   MODEL     NUMA   POD   VENDOR   PCI            DRIVER     ID
                tpu-1/0   Free    TPU v5e      0   -     google   0000:00:00.0   vfio-pci   -
                tpu-1/1   Free    TPU v5e      0   -     google   0000:01:00.0   vfio-pci   -
                tpu-1/2   Free    TPU v5e      1   -     google   0000:02:00.0   vfio-pci   -
                tpu-1/3   Free    TPU v5e      1   -     google   0000:03:00.0   vfio-pci   -
                """
        )
    }

    @Test func `events keep their whole message`() throws {
        let text = try text(.events, try Samples.events())
        #expect(
            text == """
                AGE   TYPE      REASON           OBJECT              MESSAGE
                3m    Normal    IslandsClaimed   jobset/multislice   claimed slice-1 and slice-2
                3m    Warning   PodFailed        jobset/multislice   pod multislice-workers-1-1 on tpu-4 ended with 137
                """
        )
    }

    @Test func `a line of a watch stands in the columns of the lines before`() throws {
        var list = ObjectList(.jobsets, context: ListContext(now: Samples.now))
        list.append(try Samples.jobSet())
        let line = list.line(following: try Samples.jobSet(name: "a", restarts: 12))
        #expect(line == "a            Starting     3/4         12   3m10s   slice-[1-2]")
        #expect(list.lines().count == 2)
    }

    @Test func `colours are for states alone and change no width`() throws {
        var list = ObjectList(.jobs, context: ListContext(now: Samples.now))
        list.append(try Samples.job(0))
        let row = try #require(list.lines(showsTitles: false, isColored: true).first)
        #expect(row == "multislice-workers-0   \u{1B}[32mReady\u{1B}[0m    2/2          0   slice-1   3m10s")
    }

    @Test func `an object without any field is a line of dashes`() throws {
        for kind in ObjectKind.allCases where kind != .jobsets && kind != .pods {
            let line = try text(kind, [try Samples.object("{}")]).split(separator: "\n")[1]
            #expect(line.allSatisfy { $0 == "-" || $0 == " " }, "\(kind)")
        }
    }

    @Test func `what an object says cannot steer the terminal`() throws {
        let event = try Samples.object(#"{"message":"a\u001b[2Jb\nc\u009bd"}"#)
        #expect(try text(.events, [event]).hasSuffix("a [2Jb c d"))
    }
}
