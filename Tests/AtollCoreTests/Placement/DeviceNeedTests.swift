import AtollCore
import AtollJobSet
import AtollModel
import AtollTestSupport
import Testing

/// How many devices a pod needs, with containers that run before or beside the others.
@Suite struct DeviceNeedTests {
    private func container(_ devices: UInt32, _ policy: RestartPolicy? = nil) -> Container {
        Container(
            spec: ContainerSpec(name: "a", command: ["a"], restartPolicy: policy),
            devices: devices == 0 ? [:] : [AcceleratorVendor.google.resourceName: devices]
        )
    }

    private func need(_ initContainers: [Container], _ containers: [Container]) -> Int? {
        var job = ReplicatedJob.example()
        job.template.pod.initContainers = initContainers
        job.template.pod.containers = containers
        return PlacementRequest(.example("js", [job])).classes[0].devices?.count
    }

    @Test func `containers run beside each other`() {
        #expect(need([], [container(1), container(0), container(2)]) == 3)
        #expect(need([], [container(0)]) == nil)
    }

    @Test func `init containers run one after the other, before them`() {
        #expect(need([container(2), container(1)], [container(1)]) == 2)
        #expect(need([container(1), container(2)], [container(2), container(1)]) == 3)
        #expect(need([container(2)], [container(0)]) == 2)
    }

    @Test func `sidecars run beside all that come after them`() {
        let sidecar = container(1, .always)
        #expect(need([sidecar], [container(2)]) == 3)
        #expect(need([sidecar, container(3)], [container(2)]) == 4)
        #expect(need([container(3), sidecar], [container(1)]) == 3)
    }
}
