public import AtollModel

/// What a pod's processes are given: commands, variables, files. Follows from the plan and the folder alone.
public struct PodEnvironment: Equatable, Sendable {
    /// One container.
    public struct Process: Equatable, Sendable {
        public var name: String
        /// Command and arguments, `$(NAME)` expanded; never empty.
        public var arguments: [String]
        /// In the order of definition, each name once.
        public var variables: [Variable]
        /// Absolute.
        public var workingDirectory: String
        /// Outer ones before those inside them.
        public var mounts: [Mount]

        /// Another command in the same place, for a probe or a hook.
        public func running(_ command: [String]) -> Process {
            var process = self
            process.arguments = command.map { text in
                expandVariables(in: text) { name in variables.first { $0.name == name }?.value }
            }
            return process
        }
    }

    public struct Variable: Equatable, Sendable {
        public var name: String
        public var value: String
    }

    public struct File: Equatable, Sendable {
        public var name: String
        public var text: String

        public init(name: String, text: String) {
            self.name = name
            self.text = text
        }
    }

    /// Nil when the pod keeps its host's name.
    public var hostName: String?
    public var hosts: String
    /// For the `downward` folder.
    public var downward: [File]
    /// The first process of each container, the init containers first.
    public var processes: [Process]

    /// The variable that tells which container of its pod a process is of.
    public static let containerVariable = "ATOLL_CONTAINER"

    /// - Parameters:
    ///   - folder: the pod's folder, absolute; `work` and `downward` are in it.
    ///   - claims: the folder of all volume claims, absolute; nil for a host that has none.
    public init(_ plan: PodPlan, folder: String, claims: String? = nil) {
        let work = folder + "/work"
        let metadata = PodMetadata(plan)
        hostName = plan.launch.hostNetwork ? nil : PodName(plan).hostName
        hosts = HostsFile.text(for: plan)
        downward = metadata.files
        processes = (plan.launch.initContainers + plan.launch.containers).map { container in
            let downward = folder + "/downward"
            let injected = InjectedVariables(plan, container: container.name, work: work, downward: downward)
            var variables = VariableTable(injected.pairs.map { Variable(name: $0.name, value: $0.value) })
            for variable in container.env { variables.set(variable, metadata) }
            return Process(
                name: container.name,
                arguments: (container.command + container.args).map(variables.expand),
                variables: variables.list,
                workingDirectory: container.workingDirectory.isEmpty ? work : container.workingDirectory,
                mounts: Self.mounts(of: container, in: plan.launch, folder: folder, claims: claims)
            )
        }
    }
}

/// Variables in the order of definition; one that is set again keeps its place, as `$(NAME)` of those between needs.
private struct VariableTable {
    private(set) var list: [PodEnvironment.Variable] = []
    private var positions: [String: Int] = [:]

    init(_ variables: [PodEnvironment.Variable]) {
        for variable in variables { set(variable.name, variable.value) }
    }

    mutating func set(_ variable: EnvironmentVariable, _ metadata: PodMetadata) {
        switch variable.source {
        case .value(let text): set(variable.name, expand(text))
        case .field(let path): set(variable.name, metadata.value(ofField: path))
        }
    }

    func expand(_ text: String) -> String {
        expandVariables(in: text) { name in positions[name].map { list[$0].value } }
    }

    private mutating func set(_ name: String, _ value: String) {
        let variable = PodEnvironment.Variable(name: name, value: value)
        if let position = positions[name] {
            list[position] = variable
        } else {
            positions[name] = list.count
            list.append(variable)
        }
    }
}
