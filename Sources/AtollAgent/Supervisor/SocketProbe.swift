import AtollCore
import Glibc

/// A connection that a `tcpSocket` or `httpGet` action opens. Never blocks: it is polled.
final class SocketProbe {
    let descriptor: CInt
    private var isConnecting = true
    /// What is still to be sent; empty from the start for an action that only connects.
    private var request: ArraySlice<UInt8>
    private let wantsAnswer: Bool
    private var answer: [UInt8] = []

    /// Nil where the connection cannot even begin.
    init?(to address: String, port: UInt16, request: [UInt8] = []) {
        guard let descriptor = Network.connecting(to: address, port: port) else { return nil }
        self.descriptor = descriptor
        self.request = request[...]
        wantsAnswer = !request.isEmpty
    }

    deinit { close(descriptor) }

    /// What to poll for.
    var events: Int16 { Int16(isConnecting || !request.isEmpty ? POLLOUT : POLLIN) }

    /// Goes as far as it can without waiting. Returns the outcome, nil while there is none.
    func advance() -> Bool? {
        if isConnecting {
            var (error, length): (CInt, socklen_t) = (0, socklen_t(MemoryLayout<CInt>.size))
            guard getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &error, &length) == 0, error == 0 else { return false }
            isConnecting = false
            guard wantsAnswer else { return true }
        }
        if !request.isEmpty {
            let count = request.withUnsafeBytes { send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard count >= 0 else { return errno == EAGAIN ? nil : false }
            request = request.dropFirst(count)
            return nil
        }
        return receive()
    }

    private func receive() -> Bool? {
        var buffer = [UInt8](repeating: 0, count: HTTPProbe.answerBytes - answer.count)
        let count = recv(descriptor, &buffer, buffer.count, 0)
        guard count >= 0 else { return errno == EAGAIN ? nil : false }
        guard count > 0 else { return false }
        answer += buffer[..<count]
        return HTTPProbe.succeeds(answer)
    }
}
