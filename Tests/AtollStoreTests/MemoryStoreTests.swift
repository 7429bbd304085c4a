import AtollCore
import AtollStore
import Testing

@Suite struct MemoryStoreTests {
    @Test func `what was durable is what the next store holds`() throws {
        let store = MemoryStore()
        try store.commit(Extremes.all.map { .put($0) })
        store.close()
        #expect(store.durable == Extremes.state)
        #expect(try MemoryStore(holding: store.durable).load() == Extremes.state)
    }

    @Test func `a commit that was told to fail changes nothing, the next one is written`() throws {
        let store = MemoryStore()
        let failure = StoreError(code: .full, message: "no space is left")
        store.failNextCommit(with: failure)
        #expect(throws: failure) { try store.put(clusterRecord(1)) }
        #expect(store.durable == StoredState())
        try store.put(clusterRecord(2))
        #expect(store.durable.cluster?.revision == 2)
    }
}
