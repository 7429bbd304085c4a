// AtollSimTests
