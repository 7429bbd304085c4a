/// One question or order from `atollctl`; every answer carries its `id`.
public struct AdminRequest: Equatable, Sendable {
    /// Chosen by the client, unique within its connection.
    public var id: UInt64
    public var call: Call

    public init(id: UInt64, call: Call) {
        self.id = id
        self.call = call
    }

    public enum Call: Equatable, Sendable {
        /// Creates or updates the objects of one manifest.
        case apply(Apply)
        /// Lists objects and, if asked, goes on with every change.
        case list(List)
        case delete(Delete)
        case logs(Logs)
        case host(HostID, HostOrder)
        /// Has a host's agent look at its host and draw it.
        case topology(HostID, TopologyRead.Format)
        /// Ends a watch or a followed log of this connection, named by its request id.
        case cancel(request: UInt64)
        /// Copies the store to a new file on the coordinator's own host; an absolute path.
        case backup(path: String)
        /// How the coordinator is.
        case status
    }

    public struct Apply: Equatable, Sendable {
        /// YAML or JSON, one or several documents, as the user wrote it.
        public var manifest: String
        /// File name for messages; `-` for standard input.
        public var source: String
        /// Namespace for objects that name none.
        public var namespace: String
        public var dryRun: Bool

        public init(manifest: String, source: String, namespace: String = "default", dryRun: Bool = false) {
            self.manifest = manifest
            self.source = source
            self.namespace = namespace
            self.dryRun = dryRun
        }
    }

    public struct List: Equatable, Sendable {
        public var kind: ObjectKind
        /// Nil for all namespaces; ignored for kinds without one.
        public var namespace: String?
        /// Only these; empty for all.
        public var names: [String]
        /// Only objects that carry all of these labels.
        public var labels: Labels
        public var watch: Bool
        /// Jobs and pods with all of their template, for people who read one; else with what lists show.
        public var whole: Bool

        public init(
            kind: ObjectKind,
            namespace: String? = "default",
            names: [String] = [],
            labels: Labels = [:],
            watch: Bool = false,
            whole: Bool = false
        ) {
            self.kind = kind
            self.namespace = namespace
            self.names = names
            self.labels = labels
            self.watch = watch
            self.whole = whole
        }
    }

    public struct Delete: Equatable, Sendable {
        public var kind: ObjectKind
        public var name: ObjectName

        public init(kind: ObjectKind, name: ObjectName) {
            self.kind = kind
            self.name = name
        }
    }

    public struct Logs: Equatable, Sendable {
        /// `jobsets`, `jobs` or `pods`.
        public var kind: ObjectKind
        public var name: ObjectName
        public var follow: Bool
        /// Nil for all that is kept.
        public var lastLines: UInt32?

        public init(kind: ObjectKind, name: ObjectName, follow: Bool = false, lastLines: UInt32? = nil) {
            self.kind = kind
            self.name = name
            self.follow = follow
            self.lastLines = lastLines
        }
    }
}

/// What a person decides about a host.
public struct HostOrder: Equatable, Sendable {
    public enum Verb: String, CaseIterable, Sendable {
        /// Vouches that nothing runs there any more: the host is off, or cut off for good.
        case fence
        /// Nothing new is placed there; what has its place there goes on.
        case cordon
        /// The same, and JobSets that run there move elsewhere.
        case drain
        /// The host may be used again.
        case uncordon
        /// What the host has now is what it should have: findings that compare it with what it had are settled.
        case accept
    }

    public var verb: Verb
    /// For those who come after; may be empty.
    public var reason: String

    public init(_ verb: Verb, reason: String = "") {
        self.verb = verb
        self.reason = reason
    }
}

/// What can be listed. The raw value is the plural that users type.
public enum ObjectKind: String, CaseIterable, Hashable, Sendable, Codable {
    case jobsets, jobs, pods, hosts, islands, devices, events, persistentvolumeclaims

    /// The `kind` of such an object.
    public var singular: String {
        switch self {
        case .jobsets: "JobSet"
        case .jobs: "Job"
        case .pods: "Pod"
        case .hosts: "Host"
        case .islands: "Island"
        case .devices: "Device"
        case .events: "Event"
        case .persistentvolumeclaims: "PersistentVolumeClaim"
        }
    }

    public var isNamespaced: Bool {
        switch self {
        case .jobsets, .jobs, .pods, .events, .persistentvolumeclaims: true
        case .hosts, .islands, .devices: false
        }
    }
}

public struct AdminReply: Equatable, Sendable {
    public var request: UInt64
    public var body: Body

    public init(request: UInt64, body: Body) {
        self.request = request
        self.body = body
    }

    public enum Body: Equatable, Sendable {
        /// The answer to `apply`: one entry for each document. Sent once what it says is durable.
        case applied([ApplyResult])
        /// A part of a list, each object as JSON text; the last part ends it.
        case objects([String], resourceVersion: UInt64, last: Bool)
        /// A change seen by a watch.
        case changed(Change, object: String, resourceVersion: UInt64)
        /// A piece of a pod's output; never cut inside a line unless the line is longer than a frame.
        case output(pod: String, data: [UInt8])
        /// The answer to `backup`: the copy is on disk under its name.
        case backedUp(StoreSummary)
        case status(CoordinatorStatus)
        /// The answer to `topology`.
        case topology(String)
        /// The request has been carried out; nothing more follows.
        case done
        /// Nothing more follows.
        case failed(AdminFailure)
    }

    public enum Change: String, CaseIterable, Sendable { case added, modified, deleted }
}

public struct ApplyResult: Equatable, Sendable {
    public enum Action: String, CaseIterable, Sendable { case created, configured, unchanged }

    public var kind: String
    public var name: ObjectName
    public var action: Action
    /// Fields that were accepted and do nothing here, by name.
    public var warnings: [String]

    public init(kind: String, name: ObjectName, action: Action, warnings: [String] = []) {
        self.kind = kind
        self.name = name
        self.action = action
        self.warnings = warnings
    }
}

public struct AdminFailure: Error, Equatable, Sendable {
    public enum Code: String, CaseIterable, Sendable {
        case invalid, notFound, conflict, limitReached, unavailable
    }

    public struct Cause: Equatable, Sendable {
        /// `spec.replicatedJobs[0].name`; empty when it is about the whole.
        public var field: String
        public var message: String
        /// 1-based position in the manifest; 0 when unknown.
        public var line: UInt32
        public var column: UInt32

        public init(field: String, message: String, line: UInt32 = 0, column: UInt32 = 0) {
            self.field = field
            self.message = message
            self.line = line
            self.column = column
        }
    }

    public var code: Code
    /// What failed, on which object, and what to do next.
    public var message: String
    public var causes: [Cause]

    public init(code: Code, message: String, causes: [Cause] = []) {
        self.code = code
        self.message = message
        self.causes = causes
    }
}
