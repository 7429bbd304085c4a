import AtollModel

/// What becomes of the host's devices, and of pods whose devices go.
extension AgentCore {
    mutating func topologyRead(_ read: HostFacts, at now: Instant, into effects: inout AgentEffects) {
        let before = facts
        numbering.read(read.devices, isHeld: ledger.isHeld)
        facts = read.numbered(by: numbering)
        guard facts != before else { return }
        if facts.devices != before.devices { isNumberingSaved = false }
        let changed = settle(at: now, into: &effects)
        guard session.isWelcomed else { return }
        let promise = promise
        if let send = told?.update(to: promise) { effects.send.append(send) }
        if !changed.isEmpty { effects.send.append(.status(status(complete: false, changed))) }
    }

    /// Ends pods that have a device which has gone: they cannot know what else it took with it.
    mutating func stopThoseWithoutDevice(into effects: inout AgentEffects) {
        guard !numbering.gone.isEmpty else { return }
        for (id, entry) in ledger.entries where entry.isAlive && !entry.isStopAsked {
            guard let evidence = numbering.loss(of: entry.devices) else { continue }
            effects.pods.append(.stop(id))
            effects.notes.append(.deviceLost(id, evidence))
            ledger.stopAsked(id, becauseOf: evidence)
        }
    }

    /// The end of a pod that was stopped for its device is a failure, however it took the signal.
    func explained(_ report: PodReport) -> PodReport {
        guard case .ended(let exit) = report.observation, let loss = ledger.entries[report.pod]?.loss else {
            return report
        }
        let end = PodExit(cause: .lost, container: exit.container, at: exit.at, message: loss)
        return PodReport(pod: report.pod, observation: .ended(end))
    }
}

extension DeviceNumbering {
    /// Why a pod with devices of these numbers cannot go on; nil when none of them has gone.
    func loss(of numbers: [UInt32]) -> String? {
        gone.first { numbers.contains($0.index) }.map { "\(PodExit.deviceLost): \($0.text) has disappeared" }
    }

    /// One for each device that has gone.
    fileprivate var findings: [Finding] {
        gone.map { device in
            Finding(
                .error,
                .deviceGone,
                subject: device.pciAddress,
                message: "\(device.text) has disappeared since boot"
            )
        }
    }
}

extension HostFacts {
    func numbered(by numbering: DeviceNumbering) -> HostFacts {
        var facts = self
        facts.devices = numbering.devices
        facts.findings = numbering.findings + findings
        return facts
    }
}

extension Device {
    /// `device 3 (H100 SXM 0000:4b:00.0)`.
    fileprivate var text: String {
        "device \(index) (\([model, pciAddress].filter { !$0.isEmpty }.joined(separator: " ")))"
    }
}
