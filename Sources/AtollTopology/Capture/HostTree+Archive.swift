extension HostTree {
    /// The files below a folder, or in a tar archive; none, with a flaw, where there is neither.
    ///
    /// - Parameter followsLinks: false to have the tree resolve each link even on the whole host.
    static func files(root: String, followsLinks: Bool = true) -> any TreeFiles {
        if root.allSatisfy({ $0 == "/" }) { return DiskFiles(root: "", followsLinks: followsLinks) }
        let nothing = { (flaw: String) in CapturedFiles(HostCapture(), flaw: "\(root) \(flaw)") }
        switch SystemCalls.readFile(root, bytesMax: TarReader.bytesMax, followsLinks: true) {
        case .value(let bytes):
            let archive = TarReader(bytes)
            return CapturedFiles(archive.capture, flaw: archive.flaw.map { "\(root) \($0)" })
        case .failed(SystemCalls.isFolder): return DiskFiles(root: root, followsLinks: followsLinks)
        case .failed(SystemCalls.tooBig): return nothing("is no capture: it has more than \(TarReader.bytesMax) bytes")
        case .failed(let code): return nothing("cannot be read: \(SystemCalls.text(of: code))")
        case .absent: return nothing("is not there")
        }
    }
}
