import AtollModel

/// The lines of a host's accelerators and NICs in a tree for people, in columns that are the same for all of them.
struct PartLines {
    private let findings: [String: [Finding]]
    private let indexWidth: Int
    private let addressWidth: Int
    private let modelWidth: Int
    private let driverWidth: Int
    private let nameWidth: Int
    private let kindWidth: Int

    init(_ host: HostTopology) {
        let boards = host.boards
        let functions = boards.map(\.device.pciAddress) + host.networkDevices.map(\.addressText)
        findings = Dictionary(grouping: host.findings) { finding in
            // A port's findings are its device's.
            finding.subject.split(separator: "/").first.map(String.init) ?? ""
        }
        indexWidth = boards.map(\.indexes.count).max() ?? 0
        addressWidth = functions.map(\.count).max() ?? 0
        modelWidth = boards.map(\.device.model.count).max() ?? 0
        driverWidth = boards.map(\.driverText.count).max() ?? 0
        nameWidth = host.networkDevices.map(\.name.count).max() ?? 0
        kindWidth = host.networkDevices.map(\.kindText.count).max() ?? 0
    }

    func tree(_ part: HostLayout.Part) -> TextTree {
        switch part {
        case .board(let board): tree(board)
        case .network(let device): tree(device)
        case .bridge(let address, let parts): TextTree(text: "PCI switch \(address)", children: parts.map(tree))
        case .root(let name, let parts): TextTree(text: "PCI root \(name)", children: parts.map(tree))
        }
    }

    private func tree(_ board: Board) -> TextTree {
        let device = board.device
        let columns: [String?] = [
            board.indexes.padded(to: indexWidth), device.pciAddress.padded(to: addressWidth),
            device.model.padded(to: modelWidth), board.driverText.padded(to: driverWidth), board.linkText,
            board.memoryBytes.memoryText,
        ]
        let details = [board.partitionText, board.instanceText, mark(board.linkName)].compactMap(\.self)
        return TextTree(
            text: Self.line(columns + board.extras + (board.isUsable ? [] : ["NOT USABLE"])),
            children: details.map { TextTree(text: $0) }
        )
    }

    private func tree(_ device: NetworkDevice) -> TextTree {
        let columns: [String?] = [
            device.name.padded(to: nameWidth), device.addressText.padded(to: addressWidth),
            device.kindText.padded(to: kindWidth), device.portTexts.joined(separator: ", "),
            device.interfaces.filter { $0 != device.name }.joined(separator: " "), device.purposeText,
        ]
        let details = [mark(device.name), mark(device.addressText)].compactMap(\.self)
        return TextTree(text: Self.line(columns), children: details.map { TextTree(text: $0) })
    }

    /// The kinds of what is found about something, so that it is seen there too; the sentences are further down.
    private func mark(_ subject: String) -> String? {
        if subject.isEmpty { return nil }
        return findings[subject].map { "! " + Set($0.map(\.code)).sorted().map(\.rawValue).joined(separator: " ") }
    }

    private static func line(_ columns: [String?]) -> String {
        columns.compactMap { $0.flatMap { $0.isEmpty ? nil : $0 } }.joined(separator: "  ").trimmed()
    }
}

extension Board {
    var driverText: String { device.driver.isEmpty ? "no driver" : device.driver }
}

extension String {
    func padded(to width: Int) -> String { self + String(repeating: " ", count: Swift.max(0, width - count)) }
}
