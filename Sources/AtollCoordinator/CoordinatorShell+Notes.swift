import AtollCore
import AtollModel
import Logging

extension CoordinatorShell {
    /// Renders what the core wants told: a line in the log, or a look by those who watch.
    func take(_ note: Note) {
        switch note {
        case .changed: watchersShouldLook()
        case .hostRegistered(let host, let address, let devices):
            log.notice("host registered", metadata: metadata(host, ["address": address, "devices": "\(devices)"]))
        case .hostRefused(let host, let code, let peer):
            log.warning("host refused", metadata: metadata(host, ["reason": code.rawValue, "peer": peer]))
        case .hostLost(let host, let evidence):
            log.warning("host lost", metadata: metadata(host, ["evidence": evidence]))
        case .hostDisconnected(let host, let reason):
            log.info("host disconnected", metadata: metadata(host, ["reason": reason]))
        case .hostCordoned(let host, let reason):
            log.warning("host cordoned", metadata: metadata(host, ["reason": reason]))
        case .podLeaseExpired(let host, let evidence):
            log.warning("pod lease expired", metadata: metadata(host, ["evidence": evidence]))
        case .jobSetEvent(let name, let event):
            let level = event.kind == .warning ? Logger.Level.warning : .info
            log.log(
                level: level,
                "event",
                metadata: metadata(name, ["reason": event.reason, "message": event.message])
            )
        case .placed(let name, let islands, let pods):
            log.notice("placed", metadata: metadata(name, ["islands": "\(islands)", "pods": "\(pods)"]))
        case .waiting(let name, let reason):
            log.info("waiting", metadata: metadata(name, ["reason": reason]))
        }
    }

    private func metadata(_ host: HostID, _ facts: KeyValuePairs<String, String>) -> Logger.Metadata {
        metadata(key: "host", "\(host)", facts)
    }

    private func metadata(_ jobSet: ObjectName, _ facts: KeyValuePairs<String, String>) -> Logger.Metadata {
        metadata(key: "jobset", "\(jobSet)", facts)
    }

    private func metadata(key: String, _ id: String, _ facts: KeyValuePairs<String, String>) -> Logger.Metadata {
        var metadata: Logger.Metadata = [key: "\(id)"]
        for (key, value) in facts { metadata[key] = "\(value)" }
        return metadata
    }
}
