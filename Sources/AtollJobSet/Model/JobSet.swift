/// A JobSet as accepted: `apiVersion: jobset.x-k8s.io/v1alpha2`.
public struct JobSet: Equatable, Sendable {
    public static let apiVersion = "jobset.x-k8s.io/v1alpha2"
    public static let kind = "JobSet"

    public var metadata: ObjectMetadata
    public var spec: JobSetSpec
    public var status: JobSetStatus

    public init(metadata: ObjectMetadata, spec: JobSetSpec, status: JobSetStatus = JobSetStatus()) {
        self.metadata = metadata
        self.spec = spec
        self.status = status
    }
}
