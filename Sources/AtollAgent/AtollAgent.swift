// AtollAgent
