// AtollCoordinatorTests
