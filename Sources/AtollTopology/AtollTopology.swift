// AtollTopology
