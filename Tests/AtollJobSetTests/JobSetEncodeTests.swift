import AtollJobSet
import AtollModel
import AtollYAML
import Testing

struct JobSetEncodeTests {
    @Test func `the whole object has the shape of the Kubernetes API`() throws {
        var jobSet = try decode(baseManifest).jobSet
        jobSet.metadata.uid = ObjectUID("0b2c")
        jobSet.metadata.resourceVersion = 17
        jobSet.metadata.generation = 1
        jobSet.metadata.creationTimestamp = Timestamp(nanoseconds: 0)
        let condition = Condition(
            type: .completed,
            status: true,
            reason: "AllJobsCompleted",
            message: "jobset completed successfully",
            lastTransitionTime: Timestamp(nanoseconds: 1_000_000_000)
        )
        jobSet.status = JobSetStatus(
            conditions: [condition],
            terminalState: "Completed",
            startTime: Timestamp(nanoseconds: 0),
            replicatedJobsStatus: [ReplicatedJobStatus(name: "workers", succeeded: 2, jobRestarts: [0, 1])]
        )
        #expect(jobSet.node.yamlText == expected)
    }

    private let expected = """
        apiVersion: jobset.x-k8s.io/v1alpha2
        kind: JobSet
        metadata:
          creationTimestamp: "1970-01-01T00:00:00Z"
          generation: 1
          name: js
          namespace: default
          resourceVersion: "17"
          uid: 0b2c
        spec:
          network:
            enableDNSHostnames: true
            publishNotReadyAddresses: true
          replicatedJobs:
          - groupName: default
            name: workers
            replicas: 2
            template:
              spec:
                backoffLimit: 6
                completionMode: Indexed
                completions: 2
                parallelism: 2
                podReplacementPolicy: TerminatingOrFailed
                template:
                  spec:
                    containers:
                    - command:
                      - sleep
                      - "1"
                      name: main
                    restartPolicy: Never
                    terminationGracePeriodSeconds: 30
          startupPolicy:
            startupPolicyOrder: AnyOrder
          successPolicy:
            operator: All
        status:
          conditions:
          - lastTransitionTime: "1970-01-01T00:00:01Z"
            message: jobset completed successfully
            reason: AllJobsCompleted
            status: "True"
            type: Completed
          replicatedJobsStatus:
          - active: 0
            failed: 0
            jobRestarts:
            - 0
            - 1
            name: workers
            ready: 0
            succeeded: 2
            suspended: 0
          restarts: 0
          startTime: "1970-01-01T00:00:00Z"
          terminalState: Completed

        """

    @Test(arguments: [baseManifest, fullManifest, inPlaceManifest])
    func `an encoded JobSet decodes to itself, from YAML and from JSON`(text: String) throws {
        let decoded = try decode(text)
        var stored = decoded.jobSet
        stored.metadata.uid = ObjectUID("0b2c")
        stored.status.restarts = 3
        for written in [stored.node.yamlText, stored.node.jsonText(pretty: true)] {
            let again = try decode(written)
            #expect(again.jobSet == decoded.jobSet)
            #expect(again.warnings.sorted() == decoded.warnings.sorted())
        }
    }
}

/// A name to be made, and containers that Atoll stands in for.
private let inPlaceManifest = """
    apiVersion: jobset.x-k8s.io/v1alpha2
    kind: JobSet
    metadata: {generateName: in-place-}
    spec:
      failurePolicy: {restartStrategy: InPlaceRestart}
      replicatedJobs:
      - name: a
        template:
          spec:
            completions: 1
            parallelism: 1
            backoffLimit: 2147483647
            podReplacementPolicy: Failed
            template:
              spec:
                initContainers: [{name: agent, restartPolicy: Always, startupProbe: {httpGet: {port: 8081}}}]
                containers: [{name: main, env: [{name: WORKER_COMMAND, value: exit 3}]}]

    """

/// Every field that is honoured, and some that are not.
let fullManifest = """
    apiVersion: jobset.x-k8s.io/v1alpha2
    kind: JobSet
    metadata:
      name: full
      namespace: team
      labels: {app.kubernetes.io/name: train, empty: ""}
      annotations: {alpha.jobset.sigs.k8s.io/exclusive-topology: rack, note: "two\\nlines"}
    spec:
      suspend: true
      ttlSecondsAfterFinished: 60
      activeDeadlineSeconds: 86400
      managedBy: acme.io/queue
      coordinator: {replicatedJob: workers, jobIndex: 1, podIndex: 3}
      network: {enableDNSHostnames: true, subdomain: net, publishNotReadyAddresses: false}
      successPolicy: {operator: Any, targetReplicatedJobs: [workers]}
      failurePolicy:
        maxRestarts: 3
        restartStrategy: BlockingRecreate
        rules:
        - action: RestartJobAndIgnoreMaxRestarts
          onJobFailureReasons: [BackoffLimitExceeded]
          onJobFailureMessagePatterns: ["node .* lost"]
          targetReplicatedJobs: [workers]
      replicatedJobs:
      - name: data
        groupName: io
        template:
          spec:
            template:
              spec:
                initContainers:
                - {name: fetch, command: [curl, data], restartPolicy: OnFailure, resources: {limits: {cpu: 1}}}
                - name: proxy
                  command: [proxy]
                  restartPolicy: Always
                  ports: [{name: http, containerPort: 8080}, {containerPort: 53, hostPort: 53, protocol: UDP}]
                  startupProbe: {tcpSocket: {host: localhost, port: http}, failureThreshold: 30}
                  lifecycle:
                    postStart: {exec: {command: [warm, up]}}
                    preStop: {httpGet: {port: 9, path: /stop, httpHeaders: [{name: A, value: b}, {name: A, value: c}]}}
                containers:
                - name: main
                  command: [cat]
                  image: busybox
                  restartPolicy: Never
                  restartPolicyRules:
                  - {action: Restart, exitCodes: {operator: In, values: [3, 42]}}
                  - {action: RestartAllContainers, exitCodes: {operator: NotIn, values: [0]}}
                  readinessProbe: {exec: {command: [a, b]}, periodSeconds: 1, successThreshold: 2, timeoutSeconds: 4}
                  livenessProbe: {httpGet: {host: a, port: 1}, initialDelaySeconds: 5, terminationGracePeriodSeconds: 3}
                  lifecycle: {postStart: {tcpSocket: {port: 1}}, preStop: {sleep: {seconds: 3}}}
      - name: workers
        replicas: 2
        dependsOn: [{name: data, status: Complete}]
        template:
          metadata: {labels: {a: b}, annotations: {c: d}}
          spec:
            completions: 4
            parallelism: 4
            backoffLimit: 7
            backoffLimitPerIndex: 1
            maxFailedIndexes: 2
            activeDeadlineSeconds: 3600
            podReplacementPolicy: Failed
            successPolicy: {rules: [{succeededIndexes: "0,2-3", succeededCount: 2}, {succeededCount: 3}]}
            podFailurePolicy:
              rules:
              - {action: FailJob, onExitCodes: {containerName: main, operator: In, values: [3, 42]}}
              - {action: FailIndex, onExitCodes: {operator: NotIn, values: [0, 1]}}
              - {action: Ignore, onPodConditions: [{type: DisruptionTarget}]}
              - {action: Count, onPodConditions: [{type: ConfigIssue, status: "True"}, {type: a.io/b}]}
            template:
              metadata: {labels: {e: f}, annotations: {g: h}}
              spec:
                tolerations: [{operator: Exists}]
                dnsPolicy: ClusterFirstWithHostNet
                hostNetwork: true
                restartPolicy: Never
                nodeSelector: {pool: a}
                terminationGracePeriodSeconds: 5
                activeDeadlineSeconds: 60
                containers:
                - name: main
                  image: python:3.12
                  ports: [{containerPort: 8471}]
                  securityContext: {privileged: true}
                  command: [python, -c, "import jax\\nprint(1)\\n"]
                  args: ["$(RANK)"]
                  workingDir: /srv
                  env:
                  - {name: RANK, valueFrom: {fieldRef: {fieldPath: "metadata.labels['a']"}}}
                  - {name: EMPTY}
                  resources:
                    requests: {memory: 1Gi, cpu: 2}
                    limits: {memory: 1Gi, google.com/tpu: 4}

    """
