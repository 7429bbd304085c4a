import AtollClient
import Testing

struct ExplanationTests {
    @Test func `an object is explained with its fields`() throws {
        let text = try Explanation(of: "jobset.spec.replicatedJobs.dependsOn").lines().text
        #expect(
            text == """
                KIND:     JobSet
                VERSION:  jobset.x-k8s.io/v1alpha2
                FIELD:    spec.replicatedJobs.dependsOn
                TYPE:     []DependsOn
                VALUES:   at most 5 items
                          no two items with the same name
                SUPPORT:  honoured

                DESCRIPTION:
                    Earlier replicatedJobs that have to be ready or complete before this one
                    starts.

                FIELDS:
                  name <string> -required-
                    Name of an earlier replicatedJob.
                  status <string> -required-
                    What all jobs of that replicatedJob have to be.
                """
        )
    }

    @Test func `a field is explained with its default and its words`() throws {
        let text = try Explanation(of: "spec.successPolicy.operator").lines().text
        #expect(
            text == """
                KIND:     JobSet
                VERSION:  jobset.x-k8s.io/v1alpha2
                FIELD:    spec.successPolicy.operator
                TYPE:     string, required
                DEFAULT:  All
                VALUES:   All, Any
                SUPPORT:  honoured

                DESCRIPTION:
                    Whether all of the jobs have to complete, or any one of them.
                """
        )
    }

    @Test(arguments: [
        ("containers.image", "accepted with a warning, and ignored", Optional("the process runtime runs")),
        ("containers.tty", "refused", "processes have no terminal"),
        ("containers.securityContext", "accepted, as what it says is true anyway or only for reading", nil),
        ("containers.command", "honoured", nil),
    ])
    func `each treatment is said with its reason`(field: String, support: String, reason: String?) throws {
        let path = "spec.replicatedJobs[0].template.spec.template.spec.\(field)"
        let lines = try Explanation(of: path).lines()
        #expect(lines.contains("SUPPORT:  \(support)"))
        #expect(lines.first { $0.hasPrefix("REASON:  ") }?.contains(reason ?? "") == (reason == nil ? nil : true))
    }

    @Test(arguments: [
        ("podFailurePolicy.rules.onExitCodes.values", "[]integer, required", "at most 255 items"),
        ("backoffLimit", "integer", "0 to 2147483647"),
        ("activeDeadlineSeconds", "integer", "at least 0"),
        ("template.spec.hostNetwork", "boolean", "true, false"),
    ])
    func `types are said with their limits`(field: String, type: String, values: String) throws {
        let lines = try Explanation(of: "spec.replicatedJobs.template.spec.\(field)").lines()
        #expect(lines.contains("TYPE:     \(type)") && lines.contains("VALUES:   \(values)"))
    }

    @Test func `the name of the kind may be left out`() throws {
        let lines = try Explanation(of: "jobset.spec.suspend").lines()
        #expect(try Explanation(of: "spec.suspend").lines() == lines)
        #expect(try Explanation(of: "JobSets.spec.suspend").lines() == lines)
        let top = try Explanation(of: "").lines()
        #expect(try Explanation(of: "jobset").lines() == top)
        #expect(top.contains("  spec <JobSetSpec>"))
    }

    @Test func `recursion shows types only, each below its parent`() throws {
        let text = try Explanation(of: "spec.replicatedJobs").lines(isRecursive: true).text
        #expect(text.contains("\n  dependsOn <[]DependsOn>\n    name <string> -required-\n    status <string>"))
        #expect(text.contains("\n            tty <boolean> (refused)"))
        #expect(!text.contains("Reason:"))
    }

    @Test func `an unknown field is an error that names the nearest`() {
        let near = "jobset.spec has no field \"failurPolicy\"; did you mean jobset.spec.failurePolicy?"
        #expect(throws: UsageError(near)) { try Explanation(of: "jobset.spec.failurPolicy") }
        let far = "jobset.spec has no field \"qqqqqqqq\"; to see its fields: atollctl explain jobset.spec"
        #expect(throws: UsageError(far)) { try Explanation(of: "spec.qqqqqqqq") }
    }

    @Test(arguments: [40, 80, 120])
    func `prose fits its width`(width: Int) throws {
        let lines = try Explanation(of: "spec.replicatedJobs.template.spec.template.spec").lines(width: width)
        let prose = lines.filter { $0.hasPrefix("    ") }
        #expect(prose.count > 40 && prose.allSatisfy { $0.count <= width })
    }
}
