// swift-tools-version: 6.2
// A package of its own, so that nobody who builds Atoll builds its benchmarks. `scripts/bench` builds and runs it.
import PackageDescription

let package = Package(
    name: "atoll-benchmarks",
    dependencies: [
        .package(name: "atoll", path: "../"), .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
    ],
    targets: [
        .executableTarget(
            name: "atoll-bench",
            dependencies: [
                "AtollClient", "AtollCore", "AtollFleet", "AtollJobSet", "AtollLoop", "AtollModel", "AtollTopology",
                "AtollWire", "AtollYAML",
            ].map { .product(name: $0, package: "atoll") }
                + [.product(name: "Logging", package: "swift-log")],
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
