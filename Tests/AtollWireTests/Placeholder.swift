// AtollWireTests
