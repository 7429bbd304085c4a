public import AtollModel

/// The text that a pod sees as `/etc/hosts`. hosts(5).
public enum HostsFile {
    /// The loopback lines, then one line for each pod of the JobSet that has a host, this one included:
    /// `address name.subdomain name`.
    public static func text(for plan: PodPlan) -> String {
        var lines = ["127.0.0.1 localhost", "::1 localhost ip6-localhost ip6-loopback"]
        let launch = plan.launch
        let own = PodName(plan)
        let peers = plan.peers
        for job in peers?.jobs ?? [] {
            for (index, address) in job.addresses.enumerated() {
                let isOwn = job.name == launch.jobName && index == Int(plan.pod.id.index)
                guard !isOwn, !address.isEmpty else { continue }
                lines.append(line(address, "\(job.name)-\(index)", peers?.subdomain ?? ""))
            }
        }
        // Whatever the table says, a pod can resolve itself: many programs ask for nothing else.
        lines.append(line(plan.hostAddress, own.hostName, launch.subdomain))
        return lines.joined(separator: "\n") + "\n"
    }

    /// The first address of a name in a text of that form; nil when it is not there.
    public static func address(of name: String, in text: String) -> String? {
        for line in text.split(separator: "\n") {
            let words = line.prefix { $0 != "#" }.split { $0 == " " || $0 == "\t" }
            if words.dropFirst().contains(where: { $0 == name }) { return words.first.map { String($0) } }
        }
        return nil
    }

    private static func line(_ address: String, _ name: String, _ subdomain: String) -> String {
        subdomain.isEmpty ? "\(address) \(name)" : "\(address) \(name).\(subdomain) \(name)"
    }
}

/// The names of one pod.
struct PodName {
    /// `<job name>-<index>`: the host name, whether or not the pod has a UTS namespace of its own.
    let hostName: String
    let subdomain: String

    init(_ plan: PodPlan) {
        hostName = "\(plan.launch.jobName)-\(plan.pod.id.index)"
        subdomain = plan.launch.subdomain
    }
}
