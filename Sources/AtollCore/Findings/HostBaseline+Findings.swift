import AtollModel

extension HostBaseline {
    /// In what a host falls behind.
    ///
    /// - Parameter levels: the topology keys.
    func findings(about facts: HostFacts, levels: [String]) -> [Finding] {
        let now = HostBaseline(facts)
        return missingDevices(now) + slowerLinks(now) + levels.compactMap { movedLabel($0, now) }
    }

    private func missingDevices(_ now: HostBaseline) -> [Finding] {
        let missing = Dictionary(grouping: missing(from: now), by: \.model)
        return missing.keys.sorted().map { model in
            let gone = missing[model] ?? []
            let left = now.parts.count { $0.model == model }
            let places = gone.map { $0.pciAddress.isEmpty ? $0.uniqueID : $0.pciAddress }.filter { !$0.isEmpty }
            let which = places.isEmpty ? "" : ": gone are \(places.joined(separator: ", "))"
            return Finding(
                .error,
                .devicesMissing,
                subject: model,
                message: "\(left) of \(left + gone.count) \(model) are left\(which)"
            )
        }
    }

    private func slowerLinks(_ now: HostBaseline) -> [Finding] {
        let before = Dictionary(parts.map { ($0.identity, $0.link) }) { first, _ in first }
        return now.parts.compactMap { part in
            guard !part.identity.isEmpty, let link = part.link, let old = before[part.identity] ?? nil else {
                return nil
            }
            let losses = link.losses(to: old)
            guard !losses.isEmpty else { return nil }
            return Finding(
                .warning,
                .linkSlower,
                subject: part.pciAddress,
                message: "the link of \(part.model) has \(losses.joined(separator: ", "))"
            )
        }
    }

    private func movedLabel(_ key: String, _ now: HostBaseline) -> Finding? {
        guard let before = labels[key], !before.isEmpty, before != now.labels[key] else { return nil }
        let place = now.labels[key].map { "is in \($0)" } ?? "is in none"
        return Finding(.warning, .labelMoved, subject: key, message: "the host was in \(before) and \(place) now")
    }
}

extension PCILink {
    /// What another link had more of; nothing where the kernel does not say.
    fileprivate func losses(to old: PCILink) -> [String] {
        var losses: [String] = []
        if width > 0, width < old.width { losses.append("\(width) lanes instead of \(old.width)") }
        if widthMax > 0, widthMax < old.widthMax {
            losses.append("at best \(widthMax) lanes instead of \(old.widthMax)")
        }
        if speedMax > 0, speedMax < old.speedMax {
            losses.append("at best \(speedMax) MT/s instead of \(old.speedMax)")
        }
        return losses
    }
}
