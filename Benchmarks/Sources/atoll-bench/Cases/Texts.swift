import AtollCore
import AtollJobSet
import AtollModel
import Foundation

extension Benchmark {
    /// Texts: manifests and hosts files.
    static var texts: [Benchmark] {
        [
            Benchmark(
                name: "yaml-multislice",
                what: "examples/multislice.yaml parsed, decoded, defaulted and validated",
                unit: .microseconds,
                run: { _, stopwatch in
                    let text = try multislice()
                    try stopwatch.timeEach(
                        0..<200,
                        { _ in try JobSetManifest.parse(text: text, source: "-", defaultNamespace: "default") },
                        counting: \.count
                    )
                }
            ),
            Benchmark(
                name: "hosts-file-4096",
                what: "the hosts file of a pod with 4,096 peers",
                unit: .microseconds,
                run: { _, stopwatch in
                    let plan = podPlan(jobs: 256, podsPerJob: 16)
                    stopwatch.timeEach(0..<20, { _ in HostsFile.text(for: plan) }, counting: \.utf8.count)
                }
            ),
        ]
    }

    /// Found from the place of this file, so that it can be run from anywhere on the machine that built it.
    private static func multislice() throws -> String {
        let root = URL(filePath: #filePath).pathComponents.dropLast(5).joined(separator: "/")
        return try String(contentsOfFile: root + "/examples/multislice.yaml", encoding: .utf8)
    }

    private static func podPlan(jobs: Int, podsPerJob: Int) -> PodPlan {
        PodPlan(
            launch: Samples.launch,
            pod: Samples.pods(1)[0],
            peers: Samples.peers(jobs: jobs, podsPerJob: podsPerJob),
            host: HostID("host-0"),
            hostAddress: "10.0.0.1"
        )
    }
}
