import AtollModel
import Testing

@testable import AtollCore

@Suite struct PlannerTests {
    @Test(arguments: 0..<60)
    func `what is chosen, and what is said to be missing, is what a look at everything gives`(seed: UInt64) {
        var cluster = RandomCluster(seed: seed)
        var placed = 0
        for step in 0..<150 {
            cluster.step()
            let request = cluster.request()
            var planner = Planner(inventory: cluster.inventory, limits: cluster.limits)
            var plain = PlainPlanner(inventory: cluster.inventory, limits: cluster.limits)
            let outcome = planner.plan(request)
            #expect(outcome == plain.plan(request), "seed \(seed), step \(step)")
            guard case .placed(let placement) = outcome, placement.seatCount > 0 else { continue }
            placed += 1
            if cluster.isRare(2) { cluster.hold(placement) }
        }
        #expect(placed > 0, "seed \(seed)")
    }

    @Test(arguments: 0..<20)
    func `what is kept about hosts and islands is what they are`(seed: UInt64) {
        var cluster = RandomCluster(seed: seed)
        for step in 0..<150 {
            cluster.step()
            let request = cluster.request()
            var planner = Planner(inventory: cluster.inventory, limits: cluster.limits)
            if case .placed(let placement) = planner.plan(request) { cluster.hold(placement) }
            #expect(cluster.inventory.isInStep, "seed \(seed), step \(step)")
        }
    }
}

extension Inventory {
    /// True when all that is kept for placement is what would be made of the hosts and claims now.
    fileprivate var isInStep: Bool {
        let rooms = hosts.map { HostRoom($0, isClaimed: claims.holder(ofHostWith: $0.facts.labels) != nil) }
        let names = hosts.map(\.id.name)
        var order = NameOrder()
        order.grow(to: hosts.count) { names[$0] }
        var open = OpenHosts(below: hosts.count)
        for (slot, room) in rooms.enumerated() { open.insert(order.ranks[slot], room) }
        return self.rooms == rooms && self.order == order && self.open == open
            && levels.allSatisfy { level in
                guard let free = level.free else { return true }
                let anew = FreeIslands(of: self.level(level.key), rooms: rooms, order: order)
                return free.values == anew.values && free.slots == anew.slots && free.numbers == anew.numbers
            }
    }
}
