// Mirrors HostChange, Finding and PciLink in proto/atoll/v1/host.proto.
import AtollModel
import CAtollWire

extension HostChange: WireValue {
    static func clear(_ c: UnsafeMutablePointer<Atoll__V1__HostChange>) { atoll__v1__host_change__init(c) }

    func write(to c: inout Atoll__V1__HostChange, in arena: borrowing WireArena) {
        c.number = number
        c.machine = arena.optional(machine)
        (c.n_labels, c.labels) = arena.labels(labels)
        (c.n_gone_labels, c.gone_labels) = arena.texts(goneLabels)
        (c.n_devices, c.devices) = arena.messages(devices)
        (c.n_gone_devices, c.gone_devices) = arena.numbers(goneDevices)
        c.findings = arena.optional(findings.map(FindingList.init))
    }

    init(wire c: Atoll__V1__HostChange) throws(WireError) {
        let read = FieldReader("HostChange")
        let list: FindingList? = try read.optional(c.findings)
        self.init(
            number: c.number,
            machine: try read.optional(c.machine),
            labels: try read.labels(c.labels, c.n_labels),
            goneLabels: try read.texts(c.gone_labels, c.n_gone_labels, "gone_labels"),
            devices: try read.messages(c.devices, c.n_devices),
            goneDevices: read.numbers(c.gone_devices, c.n_gone_devices),
            findings: list?.findings
        )
    }
}

/// A list that can be absent.
private struct FindingList: WireValue {
    var findings: [Finding]

    init(_ findings: [Finding]) { self.findings = findings }

    static func clear(_ c: UnsafeMutablePointer<Atoll__V1__FindingList>) { atoll__v1__finding_list__init(c) }

    func write(to c: inout Atoll__V1__FindingList, in arena: borrowing WireArena) {
        (c.n_findings, c.findings) = arena.messages(findings)
    }

    init(wire c: Atoll__V1__FindingList) throws(WireError) {
        findings = try FieldReader("FindingList").messages(c.findings, c.n_findings)
    }
}

extension Finding: WireValue {
    static func clear(_ c: UnsafeMutablePointer<Atoll__V1__Finding>) { atoll__v1__finding__init(c) }

    func write(to c: inout Atoll__V1__Finding, in arena: borrowing WireArena) {
        c.severity = severity.wire
        c.code = arena.text(code.rawValue)
        c.subject = arena.text(subject)
        c.message = arena.text(message)
    }

    init(wire c: Atoll__V1__Finding) throws(WireError) {
        let read = FieldReader("Finding")
        self.init(
            try read.choice(c.severity, "severity"),
            Code(rawValue: try read.text(c.code, "code")),
            subject: try read.text(c.subject, "subject"),
            message: try read.text(c.message, "message")
        )
    }
}

extension Finding.Severity: WireEnum {
    var wire: Atoll__V1__Finding__Severity {
        switch self {
        case .notice: ATOLL__V1__FINDING__SEVERITY__NOTICE
        case .warning: ATOLL__V1__FINDING__SEVERITY__WARNING
        case .error: ATOLL__V1__FINDING__SEVERITY__ERROR
        }
    }
}

extension PCILink: WireValue {
    static func clear(_ c: UnsafeMutablePointer<Atoll__V1__PciLink>) { atoll__v1__pci_link__init(c) }

    func write(to c: inout Atoll__V1__PciLink, in arena: borrowing WireArena) {
        c.speed = speed
        c.width = width
        c.speed_max = speedMax
        c.width_max = widthMax
    }

    init(wire c: Atoll__V1__PciLink) throws(WireError) {
        self.init(speed: c.speed, width: c.width, speedMax: c.speed_max, widthMax: c.width_max)
    }
}
