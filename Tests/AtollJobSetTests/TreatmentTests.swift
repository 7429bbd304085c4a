import AtollJobSet
import AtollModel
import AtollYAML
import Testing

/// What becomes of fields that bare metal has no use for.
struct TreatmentTests {
    private let podSpec = "spec.replicatedJobs[0].template.spec.template.spec"

    @Test func `harmless fields are ignored with a warning that names them`() throws {
        let pod =
            "restartPolicy: Never\n            dnsPolicy: ClusterFirst\n            tolerations: [{operator: Exists}]"
        let main = """
            - name: main
                          image: busybox
                          ports: [{containerPort: 80}]
                          securityContext: {privileged: true, readOnlyRootFilesystem: false}
                          resources: {limits: {cpu: 500m, google.com/tpu: 4}, requests: {cpu: 1, google.com/tpu: "4"}}
            """
        let text = manifest(replacing: "restartPolicy: Never", with: pod).replacing("- name: main", with: main)
        let decoded = try decode(text)
        let container = "\(podSpec).containers[0]"
        #expect(
            decoded.warnings == [
                "\(podSpec).dnsPolicy: ignored: pods use the resolver of their host",
                "\(podSpec).tolerations: ignored: hosts have no taints",
                "\(container).image: ignored: the process runtime runs the command from the host's own files",
                "\(container).securityContext.privileged: ignored: processes see the devices of the host anyway",
                "\(container).resources.limits[cpu]: ignored: not enforced: processes share the host",
                "\(container).resources.requests[cpu]: ignored: not enforced: processes share the host",
            ]
        )
        let template = try #require(decoded.jobSet.spec.replicatedJobs.first).template.pod
        #expect(template.containers[0].devices == ["google.com/tpu": 4])
        #expect(template.ignored.map(\.key) == ["dnsPolicy", "tolerations"])
    }

    @Test(arguments: ["type: a.io/Broken", "type: ConfigIssue, status: \"False\""])
    func `a condition that no pod here has is told`(condition: String) throws {
        let policy = "podFailurePolicy: {rules: [{action: Ignore, onPodConditions: [{\(condition)}]}]}"
        let warnings = try decode(manifest(replacing: "parallelism: 2", with: policy)).warnings
        #expect(
            warnings == [
                "spec.replicatedJobs[0].template.spec.podFailurePolicy.rules[0].onPodConditions[0]: ignored: "
                    + "no pod here is ever so; failed ones may have ConfigIssue and DisruptionTarget, with status True"
            ]
        )
    }

    @Test func `a field that is not supported may say nothing`() {
        let pod =
            "restartPolicy: Never\n            volumes: []\n            affinity: {}\n"
            + "            setHostnameAsFQDN: false"
        #expect(problems(of: manifest(replacing: "restartPolicy: Never", with: pod)).isEmpty)
    }

    @Test(arguments: AcceleratorVendor.allCases)
    func `devices of every vendor can be asked for`(vendor: AcceleratorVendor) throws {
        let main = "- name: main\n              resources: {requests: {}, limits: {\(vendor.resourceName): \"2\"}}"
        let jobSet = try decode(manifest(replacing: "- name: main", with: main)).jobSet
        #expect(jobSet.spec.replicatedJobs[0].template.pod.containers[0].devices == [vendor.resourceName: 2])
    }

    @Test func `variables are values or fields of the pod`() throws {
        let main = """
            - name: main
                          env:
                          - {name: A, value: "x $(B)"}
                          - {name: B}
                          - {name: C, valueFrom: {fieldRef: {fieldPath: status.podIP}}}
                          - {name: D, valueFrom: {fieldRef: {fieldPath: "metadata.labels['a.io/b']"}}}
            """
        let jobSet = try decode(manifest(replacing: "- name: main", with: main)).jobSet
        #expect(
            jobSet.spec.replicatedJobs[0].template.pod.containers[0].spec.env == [
                EnvironmentVariable(name: "A", source: .value("x $(B)")),
                EnvironmentVariable(name: "B", source: .value("")),
                EnvironmentVariable(name: "C", source: .field(path: "status.podIP")),
                EnvironmentVariable(name: "D", source: .field(path: "metadata.labels['a.io/b']")),
            ]
        )
    }

    @Test func `tables hold each field once, with a reason where one is due`() {
        var tables: [FieldTable] = []
        collect(.jobSet, into: &tables)
        #expect(tables.count > 20)
        for table in tables {
            #expect(table.fields.map(\.name) == Set(table.fields.map(\.name)).sorted(), "\(table.title)")
            for case .refused(let reason) in table.fields.map(\.treatment) {
                #expect(!reason.isEmpty && !reason.hasSuffix("."), "\(table.title)")
            }
        }
    }

    private func collect(_ table: FieldTable, into tables: inout [FieldTable]) {
        tables.append(table)
        for field in table.fields {
            switch field.type {
            case .object(let inner), .objects(let inner, _, _): collect(inner, into: &tables)
            default: break
            }
        }
    }
}
