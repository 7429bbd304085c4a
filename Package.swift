// swift-tools-version: 6.2
// Dependencies between targets only point down this list; docs/targets.txt holds the graph that CI compares.
import PackageDescription

let log = Target.Dependency.product(name: "Logging", package: "swift-log")
let deque = Target.Dependency.product(name: "DequeModule", package: "swift-collections")
let heap = Target.Dependency.product(name: "HeapModule", package: "swift-collections")
let arguments = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")

let executables: [Target] = [
    .executableTarget(
        name: "atollctl",
        dependencies: ["AtollClient", "AtollJobSet", "AtollLoop", "AtollModel", "AtollYAML", arguments]
    ),
    // No ArgumentParser here: it links Foundation, which the agent must not.
    .executableTarget(
        name: "atoll-agent",
        dependencies: ["AtollAgent", "AtollLoop", "AtollModel", "AtollTopology", "AtollYAML", log]
    ),
    .executableTarget(
        name: "atoll-coordinator",
        dependencies: ["AtollCoordinator", "AtollCore", "AtollLoop", "AtollModel", "AtollStoreSQLite", arguments, log]
    ),
    .executableTarget(
        name: "atoll-fleet",
        dependencies: ["AtollFleet", "AtollLoop", "AtollModel", arguments, log]
    ),
    // A developer's tool, not installed.
    .executableTarget(name: "atoll-simulate", dependencies: ["AtollSim", arguments]),
]

let shells: [Target] = [
    .target(
        name: "AtollFleet",
        dependencies: [
            "AtollAgent", "AtollCore", "AtollLoop", "AtollModel", "AtollTopology", "AtollWire", "AtollYAML", deque,
            heap,
            log,
        ]
    ),
    .target(name: "AtollClient", dependencies: ["AtollJobSet", "AtollLoop", "AtollWire", "AtollModel", "AtollYAML"]),
    .target(
        name: "AtollCoordinator",
        dependencies: [
            "AtollCore", "AtollHTTP", "AtollJobSet", "AtollLoop", "AtollModel", "AtollStore", "AtollWire", "AtollYAML",
            log,
        ]
    ),
    .target(
        name: "AtollAgent",
        dependencies: [
            "AtollCore", "AtollLoop", "AtollModel", "AtollTopology", "AtollWire", "AtollYAML", "CAtollLinux", log,
        ]
    ),
    .target(
        name: "AtollStoreSQLite",
        dependencies: ["AtollStore", "AtollCore", "AtollModel", .product(name: "GRDB", package: "GRDB.swift")]
    ),
    // Beside AtollLoop and not in it: the agent has no use for HTTP.
    .target(name: "AtollHTTP", dependencies: ["AtollLoop", "CLibeventHTTP"]),
    .target(name: "AtollLoop", dependencies: ["CLibevent", "CAtollLinux"]),
]

let pure: [Target] = [
    .target(name: "AtollSim", dependencies: ["AtollCore", "AtollStore", "AtollModel", "AtollJobSet", "AtollYAML"]),
    .target(name: "AtollStore", dependencies: ["AtollCore", "AtollModel"]),
    .target(name: "AtollCore", dependencies: ["AtollJobSet", "AtollModel", "AtollYAML", deque, heap]),
    .target(name: "AtollJobSet", dependencies: ["AtollModel", "AtollYAML"]),
    .target(name: "AtollTopology", dependencies: ["AtollModel", "AtollYAML"], exclude: ["README.md"]),
    .target(name: "AtollWire", dependencies: ["AtollModel", "CAtollWire"]),
    .target(name: "AtollYAML", dependencies: ["CLibYAML"]),
    .target(name: "AtollModel"),
]

let c: [Target] = [
    .target(
        name: "CAtollWire",
        dependencies: ["CProtobufC"],
        exclude: ["README.md"],
        linkerSettings: [.linkedLibrary("protobuf-c")]
    ),
    .target(name: "CAtollLinux"),
    .systemLibrary(
        name: "CLibevent",
        pkgConfig: "libevent_pthreads",
        providers: [.apt(["libevent-dev"])]
    ),
    .systemLibrary(
        name: "CLibeventHTTP",
        pkgConfig: "libevent_extra",
        providers: [.apt(["libevent-dev"])]
    ),
    .systemLibrary(name: "CProtobufC", pkgConfig: "libprotobuf-c", providers: [.apt(["libprotobuf-c-dev"])]),
    .systemLibrary(name: "CLibYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
]

let tests: [Target] = [
    .target(name: "AtollTestSupport", dependencies: ["AtollCore", "AtollJobSet", "AtollModel", "AtollYAML"]),
    .testTarget(name: "AtollModelTests", dependencies: ["AtollModel"]),
    .testTarget(name: "AtollYAMLTests", dependencies: ["AtollYAML"]),
    .testTarget(name: "AtollWireTests", dependencies: ["AtollWire", "AtollModel"]),
    .testTarget(name: "AtollLoopTests", dependencies: ["AtollHTTP", "AtollLoop"]),
    .testTarget(name: "AtollTopologyTests", dependencies: ["AtollTopology", "AtollModel", "AtollYAML"]),
    .testTarget(
        name: "AtollJobSetTests",
        dependencies: ["AtollJobSet", "AtollModel", "AtollYAML"]
    ),
    .testTarget(
        name: "AtollCoreTests",
        dependencies: ["AtollCore", "AtollTestSupport", "AtollJobSet", "AtollModel", "AtollYAML"]
    ),
    .testTarget(
        name: "ConformanceTests",
        dependencies: ["AtollCore", "AtollTestSupport", "AtollJobSet", "AtollModel", "AtollYAML"],
        path: "Tests/Conformance",
        exclude: ["Invalid"]
    ),
    .testTarget(
        name: "AtollAgentTests",
        dependencies: ["AtollAgent", "AtollCore", "AtollLoop", "AtollModel", "AtollWire", "CAtollLinux"]
    ),
    .testTarget(
        name: "AtollFleetTests",
        dependencies: [
            "AtollFleet", "AtollCore", "AtollJobSet", "AtollModel", "AtollTestSupport", "AtollTopology", "AtollWire",
        ]
    ),
    .testTarget(
        name: "AtollStoreTests",
        dependencies: [
            "AtollStore", "AtollStoreSQLite", "AtollCore", "AtollJobSet", "AtollModel",
            .product(name: "GRDB", package: "GRDB.swift"),
        ]
    ),
    .testTarget(name: "AtollSimTests", dependencies: ["AtollSim", "AtollTestSupport", "AtollCore", "AtollModel"]),
    .testTarget(
        name: "AtollClientTests",
        dependencies: ["AtollClient", "AtollJobSet", "AtollLoop", "AtollModel", "AtollWire", "AtollYAML"]
    ),
    .testTarget(
        name: "AtollCoordinatorTests",
        dependencies: ["AtollCoordinator", "AtollCore", "AtollModel", "AtollStore", "AtollYAML"]
    ),
]

let package = Package(
    name: "atoll",
    products: [
        .executable(name: "atollctl", targets: ["atollctl"]),
        .executable(name: "atoll-agent", targets: ["atoll-agent"]),
        .executable(name: "atoll-coordinator", targets: ["atoll-coordinator"]),
        .executable(name: "atoll-fleet", targets: ["atoll-fleet"]),
        // What Benchmarks/, a package of its own, measures. Not an API for others: it changes without notice.
        .library(name: "AtollClient", targets: ["AtollClient"]),
        .library(name: "AtollCore", targets: ["AtollCore"]),
        .library(name: "AtollFleet", targets: ["AtollFleet"]),
        .library(name: "AtollJobSet", targets: ["AtollJobSet"]),
        .library(name: "AtollLoop", targets: ["AtollLoop"]),
        .library(name: "AtollModel", targets: ["AtollModel"]),
        .library(name: "AtollTopology", targets: ["AtollTopology"]),
        .library(name: "AtollWire", targets: ["AtollWire"]),
        .library(name: "AtollYAML", targets: ["AtollYAML"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    ],
    targets: executables + shells + pure + c + tests,
    swiftLanguageModes: [.v6]
)

// One place for the settings of every Swift target, so that none is forgotten.
for target in package.targets where target.type != .system && !target.name.hasPrefix("CAtoll") {
    target.swiftSettings = [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
        .treatAllWarnings(as: .error),
    ]
}

// Pure code touches no memory by hand, and the compiler sees to it.
for target in package.targets
where ["AtollCore", "AtollJobSet", "AtollModel", "AtollSim", "AtollStore"].contains(target.name) {
    target.swiftSettings?.append(.strictMemorySafety())
}
