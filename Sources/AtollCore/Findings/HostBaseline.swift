import AtollModel

/// What a host should have: the best that it had since it was first seen, or since a person last accepted what it has.
///
/// It rises by itself, so that a device that comes late or a link that becomes wider is missed once it is gone again.
public struct HostBaseline: Equatable, Sendable, Codable {
    struct Part: Equatable, Sendable, Codable {
        var model: String
        var pciAddress: String
        var uniqueID: String
        var link: PCILink?

        /// By which it is known again; empty for a device that has neither id nor address.
        var identity: String { uniqueID.isEmpty ? pciAddress : uniqueID }
    }

    var labels: Labels
    var parts: [Part]

    init(_ facts: HostFacts) {
        labels = facts.labels
        parts = facts.devices.map { device in
            let link = device.link.map { link in
                // The speed of now changes with the load.
                PCILink(width: link.width, speedMax: link.speedMax, widthMax: link.widthMax)
            }
            return Part(model: device.model, pciAddress: device.pciAddress, uniqueID: device.uniqueID, link: link)
        }
    }

    /// - Parameter levels: the topology keys. Other labels are taken as they are now.
    func raised(to facts: HostFacts, levels: [String]) -> HostBaseline {
        var risen = HostBaseline(facts)
        for key in levels { if let value = labels[key] { risen.labels[key] = value } }
        let missing = missing(from: risen)
        let known = Dictionary(parts.map { ($0.identity, $0.link) }) { first, _ in first }
        for index in risen.parts.indices where !risen.parts[index].identity.isEmpty {
            guard let before = known[risen.parts[index].identity] ?? nil else { continue }
            risen.parts[index].link = risen.parts[index].link?.raised(to: before) ?? before
        }
        risen.parts += missing
        return risen
    }

    /// Parts that are not there any more, and for which no other of the same model has come.
    func missing(from now: HostBaseline) -> [Part] {
        var come = now.parts.without(parts).map(\.model)
        return parts.without(now.parts).filter { part in
            guard let replacement = come.firstIndex(of: part.model) else { return true }
            come.remove(at: replacement)
            return false
        }
    }
}

extension [HostBaseline.Part] {
    /// Those that have no counterpart of the same identity among the others, each of which is one's counterpart only.
    fileprivate func without(_ others: [Element]) -> [Element] {
        var counts: [String: Int] = [:]
        for other in others where !other.identity.isEmpty { counts[other.identity, default: 0] += 1 }
        return filter { part in
            guard let count = counts[part.identity], count > 0 else { return true }
            counts[part.identity] = count - 1
            return false
        }
    }
}

extension PCILink {
    /// The best of both.
    fileprivate func raised(to other: PCILink) -> PCILink {
        PCILink(
            width: max(width, other.width),
            speedMax: max(speedMax, other.speedMax),
            widthMax: max(widthMax, other.widthMax)
        )
    }
}
