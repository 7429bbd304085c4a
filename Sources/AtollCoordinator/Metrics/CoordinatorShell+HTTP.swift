import AtollCore
import AtollHTTP
import AtollLoop
import AtollModel
import Logging

/// For load balancers and Prometheus.
extension CoordinatorShell {
    func serveHTTP(on address: SocketAddress) throws(LoopError) {
        let server = try HTTPServer(on: loop, address: address) { self.answer(path: $0) }
        httpServer = server
        log.notice("serving HTTP", metadata: ["address": "\(server.address)"])
    }

    /// `/healthz`: the loop turns. `/readyz`: the epoch is durable, so that agents are welcomed. `/metrics`: numbers.
    private func answer(path: String) -> HTTPResponse {
        switch path {
        case "/healthz": HTTPResponse(body: "ok\n")
        case "/readyz":
            storeMetrics.latency.count > 0
                ? HTTPResponse(body: "ok\n") : HTTPResponse(status: 503, body: "the store has not committed yet\n")
        case "/metrics":
            HTTPResponse(contentType: "text/plain; version=0.0.4; charset=utf-8", body: metrics.text)
        default: .notFound
        }
    }

    private var metrics: [MetricFamily] {
        let uptime = startedAt.map { now().duration(since: $0) } ?? .zero
        let up = MetricFamily(
            "atoll_uptime_seconds",
            .gauge,
            "Time since the coordinator started.",
            [.init(value: uptime.inSeconds)]
        )
        return core.metrics + [up] + storeMetrics.families
    }
}

extension Duration {
    var inSeconds: Double {
        let (seconds, attoseconds) = components
        return Double(seconds) + Double(attoseconds) / 1e18
    }
}
