// AtollStoreTests
