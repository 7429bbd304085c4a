import AtollModel
import AtollWire

extension Samples {
    static let peerLists: [(name: String, message: Message)] = [
        ("agent that reads peer lists", .hello(Hello(software: "0.1.0", role: .agent(readingAgent)))),
        ("peer lists", .assignment(listedPeers)),
    ]

    private static let readingAgent = AgentHello(
        host: HostID("h"),
        address: "",
        bootID: "",
        instance: ObjectUID("i"),
        highestEpoch: Epoch(0),
        readsPeerLists: true
    )

    private static let listedPeers = Assignment(
        epoch: Epoch(8),
        generation: Generation(3),
        base: nil,
        peerLists: [
            PeerList(
                jobSetUID: ObjectUID("u"),
                subdomain: "js",
                names: AlikeTexts(["js-w-0", "js-w-1"]),
                podCounts: [1, 1],
                addresses: AlikeTexts(["10.0.0.1", "10.0.0.3"]),
                wholeJobs: [PeerTable.Job(name: "js-w-1", addresses: ["10.0.0.3", ""])]
            )
        ]
    )
}
