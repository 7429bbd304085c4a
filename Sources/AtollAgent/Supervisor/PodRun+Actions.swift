import AtollCore
import AtollModel
import Glibc

// What the machine asks for.
extension PodRun {
    mutating func perform(_ action: PodAction) {
        switch action {
        case .start(let container): start(container)
        case .terminate(let container): signal(SIGTERM, container)
        case .kill(let container): signal(SIGKILL, container)
        case .run(let run, let action):
            // Not of a container that could not be started.
            guard firsts[run.container] != nil else { return }
            if !begin(run, action) { inputs.append(.finished(run, succeeded: false)) }
        case .abandon(let run): abandon(run)
        case .sweep:
            isSweeping = true
            reap()
        }
    }

    private mutating func start(_ container: Int) {
        do throws(AgentError) {
            firsts[container] = try spawn(places[container], output: output.writer)
        } catch {
            inputs.append(.startFailed(container: container, message: error.message))
        }
    }

    /// The supervisor is in the pod's group only meanwhile: what kills the group must not kill it.
    private func spawn(_ process: PodEnvironment.Process, output: CInt) throws(AgentError) -> Int32 {
        let isInGroup = group?.enter() ?? false
        defer { if isInGroup { group?.leave() } }
        return try Container(process, output: output).processID
    }

    private func signal(_ number: CInt, _ container: Int) {
        guard let first = firsts[container] else { return }
        for process in ProcessTree.members(of: first, named: places[container].name) { kill(process, number) }
    }
}

// MARK: Probes and hooks

extension PodRun {
    /// False for one that cannot even begin.
    private mutating func begin(_ run: ActionRun, _ action: ContainerAction) -> Bool {
        switch action {
        case .exec(let command):
            do throws(AgentError) {
                commands[try spawn(places[run.container].running(command), output: -1)] = run
                return true
            } catch {
                return false
            }
        case .tcpSocket(let host, let port):
            guard let address = address(of: host) else { return false }
            sockets[run] = SocketProbe(to: address, port: port)
            return sockets[run] != nil
        case .httpGet(let request):
            guard let address = address(of: request.host) else { return false }
            let text = HTTPProbe.request(request, host: request.host.isEmpty ? address : request.host)
            sockets[run] = SocketProbe(to: address, port: request.port, request: text)
            return sockets[run] != nil
        case .sleep: return false
        }
    }

    mutating func abandon(_ run: ActionRun) {
        sockets[run] = nil
        for (process, other) in commands where other == run {
            // It leads its own group.
            kill(-process, SIGKILL)
            commands[process] = nil
        }
    }

    /// An address as it is; a name as the pod's hosts file has it, for asking a name server would block. For none the
    /// address of the pod's host, where its servers listen unless they listen on loopback only, as in Kubernetes.
    private func address(of host: String) -> String? {
        let host = host.isEmpty ? plan.hostAddress : host
        if Network.isLiteral(host) { return host }
        do throws(AgentError) {
            return HostsFile.address(of: host, in: try Files.readText(folder.hostsPath) ?? "")
        } catch {
            return nil
        }
    }
}
