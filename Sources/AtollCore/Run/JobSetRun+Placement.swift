import AtollJobSet

/// What a placement lacks of what its JobSet asks for.
struct PlacementLack: Equatable, Sendable {
    /// True when a job has no place at all.
    var hasVacancies: Bool
    /// True when a job's place has fewer seats than it needs now.
    var hasShortPlaces: Bool
}

extension JobSetRun {
    /// True when a placement is wanted and missing.
    var wantsPlacement: Bool {
        guard !isHeldBack, !isFinished, !isDeleting, !spec.isManagedElsewhere, !lacksClaims else { return false }
        let lack = lackOfPlacement
        return lack.hasVacancies || (lack.hasShortPlaces && !growths.isEmpty)
    }

    /// True when every job has its place.
    mutating func isPlaced() -> Bool {
        let lack = lackOfPlacement
        placementLack = lack
        return !lack.hasVacancies
    }

    /// What is known of it, else every job is looked at.
    var lackOfPlacement: PlacementLack {
        if let placementLack { return placementLack }
        guard let placement else { return PlacementLack(hasVacancies: true, hasShortPlaces: false) }
        let seats = spec.replicatedJobs.map(\.template.seats)
        let hasShortPlaces = placement.jobs.indices.contains { number in
            placement.jobs[number].contains { ($0?.seats.count ?? .max) < seats[number] }
        }
        return PlacementLack(hasVacancies: !placement.isComplete, hasShortPlaces: hasShortPlaces)
    }
}
