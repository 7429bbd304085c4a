// AtollTopologyTests
