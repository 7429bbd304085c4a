import AtollJobSet
import AtollModel
import AtollYAML

extension CoordinatorCore {
    /// - Parameter namespace: nil for all.
    func claimObjects(in namespace: String?) -> [YAMLNode] {
        cluster.volumeClaims.all.filter { namespace == nil || $0.name.namespace == namespace }.map(claimObject)
    }

    func claimObject(_ claim: VolumeClaim) -> YAMLNode {
        .map([
            ("apiVersion", .string("v1")), ("kind", .string(ObjectKind.persistentvolumeclaims.singular)),
            (
                "metadata",
                .map([
                    ("name", .string(claim.name.name)), ("namespace", .string(claim.name.namespace)),
                    ("uid", .string(claim.uid.text)), ("resourceVersion", .string(String(claim.resourceVersion))),
                    ("creationTimestamp", .time(claim.createdAt)), ("deletionTimestamp", .time(claim.deletedAt)),
                    ("labels", .labels(claim.labels)), ("annotations", .labels(claim.annotations)),
                    ("ownerReferences", claim.owner.map { .list([$0.reference]) }),
                ])
            ),
            ("spec", claim.specNode),
            ("status", claimStatus(claim)),
        ])
    }

    /// `usedBy` and `awaitedHosts`, Atoll's own, say what keeps a claim that is being deleted.
    private func claimStatus(_ claim: VolumeClaim) -> YAMLNode {
        let users = cluster.volumeClaims.users(of: claim.name).map(\.name)
        let hosts = cluster.volumeClaims.awaitedHosts(of: claim).map(\.name)
        return .map([
            ("phase", .string(claim.isTerminating ? "Terminating" : "Bound")),
            ("usedBy", users.isEmpty ? nil : .list(users.map(YAMLNode.string))),
            ("awaitedHosts", hosts.isEmpty ? nil : .list(hosts.map(YAMLNode.string))),
        ])
    }
}

extension VolumeClaim.Owner {
    fileprivate var reference: YAMLNode {
        .map([
            ("apiVersion", .string(JobSet.apiVersion)), ("kind", .string(JobSet.kind)), ("name", .string(name.name)),
            ("uid", .string(uid.text)), ("controller", .bool(true)), ("blockOwnerDeletion", .bool(true)),
        ])
    }
}

extension VolumeClaim {
    /// Empty where the stored text is damaged, which harms nothing but this view.
    fileprivate var specNode: YAMLNode {
        do throws(YAMLError) {
            return try YAMLNode.parse(spec).first ?? .map([])
        } catch {
            return .map([])
        }
    }
}
