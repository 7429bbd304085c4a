import AtollCore
import AtollModel
import CAtollLinux
import Glibc

// What has ended, and what is to.
extension PodRun {
    /// Takes note of every process that has ended, and kills those that must.
    mutating func reap() {
        if isSweeping {
            _ = group?.kill()
            ProcessTree.killAll()
        }
        let isAlone = reapChildren()
        clearAway()
        guard isSweeping, isAlone else { return }
        isSweeping = false
        inputs.append(.swept)
    }

    /// True when waitid(2) said that there is no child, and so no process of the pod.
    private mutating func reapChildren() -> Bool {
        while true {
            var (code, status): (CInt, CInt) = (0, 0)
            let process = atoll_reap(&code, &status)
            guard process > 0 else { return process < 0 && errno == ECHILD }
            reaped(process, code == CInt(CLD_EXITED) ? .exited(code: status) : .signaled(status))
        }
    }

    private mutating func reaped(_ process: Int32, _ cause: PodExit.Cause) {
        if let run = commands.removeValue(forKey: process) {
            inputs.append(.finished(run, succeeded: cause == .exited(code: 0)))
        } else if let container = firsts.firstIndex(of: process) {
            firsts[container] = nil
            leaving.append(Leaving(container: container, first: process, cause: cause))
            // They fail with the container, and must not be heard before it.
            for run in Array(commands.values) + sockets.keys where run.container == container { abandon(run) }
        }
    }

    /// With its first process a container ends, whatever that left in the background: what comes next, the same container
    /// perhaps, must find its devices and ports free.
    private mutating func clearAway() {
        let ended = leaving
        leaving = []
        for container in ended {
            if isSweeping || kill(container) {
                inputs.append(.ended(container: container.container, container.cause))
            } else {
                leaving.append(container)
            }
        }
    }

    /// One pass of SIGKILL; true when nothing was left.
    private func kill(_ container: Leaving) -> Bool {
        let rest = ProcessTree.members(of: container.first, named: places[container.container].name)
        for process in rest { Glibc.kill(process, SIGKILL) }
        return rest.isEmpty
    }
}
