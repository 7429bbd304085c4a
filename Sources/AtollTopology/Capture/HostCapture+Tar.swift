extension HostCapture {
    /// The capture as a tar archive, which any tar unpacks. The same capture gives the same bytes.
    public var tar: [UInt8] {
        var bytes: [UInt8] = []
        for (path, entry) in sortedEntries {
            switch entry {
            case .folder: Self.append(TarHeader(.folder, path: path + "/"), [], to: &bytes)
            case .file(let content):
                Self.append(TarHeader(.file, path: path, size: content.count), content, to: &bytes)
            case .link(let target): Self.append(TarHeader(.link, path: path, target: target), [], to: &bytes)
            case .unreadable(let code):
                let records = [(PaxRecords.errorKey, "\(code)")]
                Self.append(TarHeader(.file, path: path), [], records: records, to: &bytes)
            }
        }
        return bytes + [UInt8](repeating: 0, count: 2 * TarHeader.blockBytes)
    }

    private static func append(
        _ header: TarHeader,
        _ content: [UInt8],
        records: [(key: String, value: String)] = [],
        to bytes: inout [UInt8]
    ) {
        var records = records
        if header.path.utf8.count > TarHeader.textBytesMax { records.append(("path", header.path)) }
        if header.target.utf8.count > TarHeader.textBytesMax { records.append(("linkpath", header.target)) }
        if !records.isEmpty {
            let extended = PaxRecords.bytes(records)
            bytes += TarHeader(.extended, path: "PaxHeaders/record", size: extended.count).block
            bytes += padded(extended)
        }
        bytes += header.block
        bytes += padded(content)
    }

    private static func padded(_ content: [UInt8]) -> [UInt8] {
        let over = content.count % TarHeader.blockBytes
        return over == 0 ? content : content + [UInt8](repeating: 0, count: TarHeader.blockBytes - over)
    }
}
