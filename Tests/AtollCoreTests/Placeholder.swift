// AtollCoreTests
