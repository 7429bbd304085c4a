// AtollJobSetTests
