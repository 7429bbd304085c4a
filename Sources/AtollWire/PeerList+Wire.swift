// Mirrors PeerList and AlikeTexts in proto/atoll/v1/assignment.proto.
import AtollModel
import CAtollWire

extension PeerList: WireValue {
    static func clear(_ c: UnsafeMutablePointer<Atoll__V1__PeerList>) { atoll__v1__peer_list__init(c) }

    func write(to c: inout Atoll__V1__PeerList, in arena: borrowing WireArena) {
        c.job_set_uid = arena.text(jobSetUID.text)
        c.subdomain = arena.text(subdomain)
        c.names = arena.message(names)
        (c.n_pod_counts, c.pod_counts) = arena.numbers(podCounts)
        c.addresses = arena.message(addresses)
        (c.n_whole_jobs, c.whole_jobs) = arena.messages(wholeJobs)
    }

    init(wire c: Atoll__V1__PeerList) throws(WireError) {
        let read = FieldReader("PeerList")
        self.init(
            jobSetUID: ObjectUID(try read.text(c.job_set_uid, "job_set_uid")),
            subdomain: try read.text(c.subdomain, "subdomain"),
            names: try read.optional(c.names) ?? AlikeTexts(),
            podCounts: read.numbers(c.pod_counts, c.n_pod_counts),
            addresses: try read.optional(c.addresses) ?? AlikeTexts(),
            wholeJobs: try read.messages(c.whole_jobs, c.n_whole_jobs)
        )
    }
}

extension AlikeTexts: WireValue {
    static func clear(_ c: UnsafeMutablePointer<Atoll__V1__AlikeTexts>) { atoll__v1__alike_texts__init(c) }

    func write(to c: inout Atoll__V1__AlikeTexts, in arena: borrowing WireArena) {
        c.shared = arena.bytes(shared)
        c.rests = arena.bytes(rests)
    }

    init(wire c: Atoll__V1__AlikeTexts) throws(WireError) {
        let read = FieldReader("AlikeTexts")
        guard let texts = AlikeTexts(shared: read.bytes(c.shared), rests: read.bytes(c.rests)) else {
            throw WireError(.malformed, "AlikeTexts.shared and rests are not as many texts.")
        }
        guard texts.unpackedBytes <= WireLimits.alikeTextsBytesMax else {
            throw WireError(.malformed, "AlikeTexts would take \(texts.unpackedBytes) bytes.")
        }
        self = texts
    }
}
