// AtollLoopTests
