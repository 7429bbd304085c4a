// AtollCoordinator
