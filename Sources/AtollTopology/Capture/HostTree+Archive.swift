extension HostTree {
    /// The files below a folder, or in a tar archive.
    ///
    /// - Parameter followsLinks: false to have the tree resolve each link even on the whole host.
    static func files(root: String, followsLinks: Bool = true) -> any TreeFiles {
        switch SystemCalls.readFile(root, bytesMax: TarReader.bytesMax, followsLinks: true) {
        case .value(let bytes):
            let archive = TarReader(bytes)
            return CapturedFiles(archive.capture, flaw: archive.flaw.map { "\(root) \($0)" })
        case .failed(SystemCalls.tooBig):
            return CapturedFiles(
                HostCapture(),
                flaw: "\(root) is no capture: it has more than \(TarReader.bytesMax) bytes"
            )
        case .absent, .failed: return DiskFiles(root: root, followsLinks: followsLinks)
        }
    }
}
