import AtollJobSet
import Testing

/// `Invalid/`: a manifest for each mistake, and in `expected.tsv` where and how it is told.
struct InvalidManifestTests {
    /// One line of `expected.tsv`.
    struct Mistake: CustomTestStringConvertible {
        var file: String
        var path: String
        var gist: String
        /// The manifest that was applied before, for a mistake in an update; else empty.
        var before: String
        /// Empty where the mistake is told as it should be; `accepted`, or at which other path it is refused today.
        var today: String

        var testDescription: String { file }
    }

    static let mistakes: [Mistake] = {
        let table = RepositoryFiles.read("\(folder)/expected.tsv") ?? ""
        return table.split(separator: "\n").dropFirst().map { line in
            let columns = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            return Mistake(
                file: columns[0],
                path: columns[1],
                gist: columns[2],
                before: columns[3],
                today: columns[4]
            )
        }
    }()

    private static let folder = "Tests/Conformance/Invalid"

    @Test func `there is a line for every manifest`() {
        let files =
            RepositoryFiles.names(in: Self.folder, ending: ".yaml")
            + RepositoryFiles.names(in: Self.folder + "/update", ending: ".yaml").map { "update/\($0)" }
        #expect(files.sorted() == Self.mistakes.flatMap { [$0.file, $0.before] }.filter { !$0.isEmpty }.sorted())
        #expect(Self.mistakes.count == 53)
    }

    @Test(arguments: mistakes) func `a mistake is told where it is`(mistake: Mistake) throws {
        let text = try read(mistake.file)
        let found = mistake.before.isEmpty ? Admission.problems(in: text) : try update(read(mistake.before), to: text)
        let isTold = mistake.path.isEmpty ? false : found.tells(mistake.path, mistake.gist)
        switch mistake.today {
        case "": #expect(isTold, "\(found)")
        case "accepted": #expect(found.isEmpty)
        default:
            #expect(!isTold, "it is told now: clear its last column")
            #expect(found.tells(mistake.today, ""))
        }
    }

    private func read(_ file: String) throws -> String {
        try #require(RepositoryFiles.read("\(Self.folder)/\(file)"))
    }

    private func update(_ old: String, to new: String) throws -> [String] {
        let (old, new) = (try decode(old), try decode(new))
        return new.problems(updating: old)
    }

    private func decode(_ text: String) throws -> JobSet {
        try JobSetManifest.parse(text: text, source: "test.yaml", defaultNamespace: "default")[0].jobSet
    }
}
