extension FieldTable {
    /// The known field that a misspelt name most likely means; nil when none is near.
    func nearestName(to name: String) -> String? {
        // A name far longer than any field is none of them, and would be slow to compare.
        guard name.utf8.count <= 64 else { return nil }
        let wanted = Array(name.lowercased().utf8)
        let distances = fields.map { (name: $0.name, distance: editDistance(wanted, Array($0.name.lowercased().utf8))) }
        guard let nearest = distances.min(by: { $0.distance < $1.distance }),
            nearest.distance <= max(2, wanted.count / 3)
        else { return nil }
        return nearest.name
    }
}

/// Levenshtein distance: insertions, deletions and replacements from one text to the other.
private func editDistance(_ left: [UInt8], _ right: [UInt8]) -> Int {
    var row = Array(0...right.count)
    for (leftIndex, leftByte) in left.enumerated() {
        var diagonal = row[0]
        row[0] = leftIndex + 1
        for (rightIndex, rightByte) in right.enumerated() {
            let replaced = diagonal + (leftByte == rightByte ? 0 : 1)
            diagonal = row[rightIndex + 1]
            row[rightIndex + 1] = min(replaced, diagonal + 1, row[rightIndex] + 1)
        }
    }
    return row[right.count]
}
