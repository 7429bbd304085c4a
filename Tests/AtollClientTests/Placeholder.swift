// AtollClientTests
