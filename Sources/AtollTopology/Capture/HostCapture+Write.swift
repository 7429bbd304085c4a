extension HostCapture {
    /// Writes the capture into a new tar archive; or, where `place` ends in a slash, into a new or empty folder, which
    /// has no place for the errors of what could not be read.
    ///
    /// - Throws: when there is such a file, or something in the folder, or it cannot be written.
    public func write(to place: String) throws(TopologyError) {
        guard place.hasSuffix("/") else { return try FolderWriter.makeFile(place, tar) }
        let folder = String(place.dropLast())
        try FolderWriter.makeEmptyFolder(folder)
        for (path, entry) in sortedEntries {
            switch entry {
            case .folder: try FolderWriter.makeFolder("\(folder)/\(path)")
            case .file(let content): try FolderWriter.makeFile("\(folder)/\(path)", content)
            case .link(let target): try FolderWriter.makeLink("\(folder)/\(path)", to: target)
            case .unreadable: continue
            }
        }
    }
}
