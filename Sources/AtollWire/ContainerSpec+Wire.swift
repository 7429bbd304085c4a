// Mirrors ContainerSpec and what only it has in proto/atoll/v1/container.proto.
import AtollModel
import CAtollWire

extension ContainerSpec: WireValue {
    static func clear(_ c: UnsafeMutablePointer<Atoll__V1__ContainerSpec>) { atoll__v1__container_spec__init(c) }

    func write(to c: inout Atoll__V1__ContainerSpec, in arena: borrowing WireArena) {
        c.name = arena.text(name)
        (c.n_command, c.command) = arena.texts(command)
        (c.n_args, c.args) = arena.texts(args)
        (c.n_env, c.env) = arena.messages(env)
        c.working_directory = arena.text(workingDirectory)
        (c.n_mounts, c.mounts) = arena.messages(mounts)
        c.restart_policy = restartPolicy?.wire ?? ATOLL__V1__CONTAINER_SPEC__RESTART_POLICY__UNSPECIFIED
        (c.n_restart_rules, c.restart_rules) = arena.messages(restartRules)
        c.startup_probe = arena.optional(startupProbe)
        c.readiness_probe = arena.optional(readinessProbe)
        c.liveness_probe = arena.optional(livenessProbe)
        c.post_start = arena.optional(postStart)
        c.pre_stop = arena.optional(preStop)
    }

    init(wire c: Atoll__V1__ContainerSpec) throws(WireError) {
        let read = FieldReader("ContainerSpec")
        self.init(
            name: try read.text(c.name, "name"),
            command: try read.texts(c.command, c.n_command, "command"),
            args: try read.texts(c.args, c.n_args, "args"),
            env: try read.messages(c.env, c.n_env),
            workingDirectory: try read.text(c.working_directory, "working_directory"),
            mounts: try read.messages(c.mounts, c.n_mounts),
            restartPolicy: try RestartPolicy(wire: c.restart_policy, read),
            restartRules: try read.messages(c.restart_rules, c.n_restart_rules),
            startupProbe: try read.optional(c.startup_probe),
            readinessProbe: try read.optional(c.readiness_probe),
            livenessProbe: try read.optional(c.liveness_probe),
            postStart: try read.optional(c.post_start),
            preStop: try read.optional(c.pre_stop)
        )
    }
}

extension EnvironmentVariable: WireValue {
    static func clear(_ c: UnsafeMutablePointer<Atoll__V1__EnvironmentVariable>) {
        atoll__v1__environment_variable__init(c)
    }

    func write(to c: inout Atoll__V1__EnvironmentVariable, in arena: borrowing WireArena) {
        c.name = arena.text(name)
        switch source {
        case .value(let value):
            c.source_case = ATOLL__V1__ENVIRONMENT_VARIABLE__SOURCE_VALUE
            c.value = arena.text(value)
        case .field(let path):
            c.source_case = ATOLL__V1__ENVIRONMENT_VARIABLE__SOURCE_FIELD_PATH
            c.field_path = arena.text(path)
        }
    }

    init(wire c: Atoll__V1__EnvironmentVariable) throws(WireError) {
        let read = FieldReader("EnvironmentVariable")
        let source: Source =
            switch c.source_case {
            case ATOLL__V1__ENVIRONMENT_VARIABLE__SOURCE_VALUE: .value(try read.text(c.value, "value"))
            case ATOLL__V1__ENVIRONMENT_VARIABLE__SOURCE_FIELD_PATH:
                .field(path: try read.text(c.field_path, "field_path"))
            default: throw read.missing("source")
            }
        self.init(name: try read.text(c.name, "name"), source: source)
    }
}

extension RestartPolicy: WireEnum {
    var wire: Atoll__V1__ContainerSpec__RestartPolicy {
        switch self {
        case .always: ATOLL__V1__CONTAINER_SPEC__RESTART_POLICY__ALWAYS
        case .onFailure: ATOLL__V1__CONTAINER_SPEC__RESTART_POLICY__ON_FAILURE
        case .never: ATOLL__V1__CONTAINER_SPEC__RESTART_POLICY__NEVER
        }
    }

    /// Nil where it is left to somebody else.
    init?(wire c: Atoll__V1__ContainerSpec__RestartPolicy, _ read: FieldReader) throws(WireError) {
        guard c != ATOLL__V1__CONTAINER_SPEC__RESTART_POLICY__UNSPECIFIED else { return nil }
        self = try read.choice(c, "restart_policy")
    }
}

extension RestartRule: WireValue {
    static func clear(_ c: UnsafeMutablePointer<Atoll__V1__RestartRule>) { atoll__v1__restart_rule__init(c) }

    func write(to c: inout Atoll__V1__RestartRule, in arena: borrowing WireArena) {
        c.action = action.wire
        c.operator_ = self.operator.wire
        (c.n_exit_codes, c.exit_codes) = arena.numbers(exitCodes)
    }

    init(wire c: Atoll__V1__RestartRule) throws(WireError) {
        let read = FieldReader("RestartRule")
        self.init(
            action: try read.choice(c.action, "action"),
            operator: try read.choice(c.operator_, "operator"),
            exitCodes: read.numbers(c.exit_codes, c.n_exit_codes)
        )
    }
}

extension RestartRule.Action: WireEnum {
    var wire: Atoll__V1__RestartRule__Action {
        switch self {
        case .restart: ATOLL__V1__RESTART_RULE__ACTION__RESTART
        case .restartAllContainers: ATOLL__V1__RESTART_RULE__ACTION__RESTART_ALL_CONTAINERS
        }
    }
}

extension RestartRule.Operator: WireEnum {
    var wire: Atoll__V1__RestartRule__Operator {
        switch self {
        case .in: ATOLL__V1__RESTART_RULE__OPERATOR__IN
        case .notIn: ATOLL__V1__RESTART_RULE__OPERATOR__NOT_IN
        }
    }
}
