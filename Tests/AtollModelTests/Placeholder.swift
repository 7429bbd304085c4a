// AtollModelTests
