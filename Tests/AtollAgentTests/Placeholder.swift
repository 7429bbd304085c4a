// AtollAgentTests
