// swift-tools-version: 6.2
// A package of its own, so that nobody who builds Atoll builds its benchmarks. `scripts/bench` builds and runs it.
import PackageDescription

let package = Package(
    name: "atoll-benchmarks",
    dependencies: [.package(name: "atoll", path: "../")],
    targets: [
        .executableTarget(
            name: "atoll-bench",
            dependencies: ["AtollCore", "AtollJobSet", "AtollModel", "AtollTopology", "AtollWire", "AtollYAML"].map {
                .product(name: $0, package: "atoll")
            },
            swiftSettings: [
                .enableUpcomingFeature("ExistentialAny"),
                .enableUpcomingFeature("MemberImportVisibility"),
                .enableUpcomingFeature("InternalImportsByDefault"),
                .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
                .treatAllWarnings(as: .error),
            ]
        )
    ],
    swiftLanguageModes: [.v6]
)
